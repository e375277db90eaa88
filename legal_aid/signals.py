"""News of legal aid, for rooms above it. Receivers run in the sender's transaction."""

from django.dispatch import Signal

# An opinion is awaited no more without having come in: called off, or given back by the lawyer.
# Arguments: review, at, by.
review_left = Signal()
