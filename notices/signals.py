"""Questions of the outbox to rooms that know cases."""

from django.dispatch import Signal

# An event is about to leave for a subscriber. Arguments: subscription, subject (id of the case).
# A receiver that answers False keeps it back: the account does not see the subject any more.
event_leaving = Signal()
