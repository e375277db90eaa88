"""What every door for programs shares: who asks, what is wrong, pages, repeats and versions."""
