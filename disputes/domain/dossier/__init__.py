"""The whole file of a case (卷宗) as one PDF."""
