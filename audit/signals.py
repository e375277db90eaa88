"""News of the log for rooms above it."""

from django.dispatch import Signal

# The chain is broken or tables are unguarded. Arguments: verification.
log_damaged = Signal()
