"""Questions of the outbox to rooms that know cases."""

from django.dispatch import Signal

# An event is about to leave for a subscriber. Arguments: subscription, happened (its type and
# the id of the case). A receiver that answers False keeps it back: the account may not know of it.
event_leaving = Signal()
