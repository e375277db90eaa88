"""News from the register for the rooms that know cases."""

from django.dispatch import Signal

# Sent with `office` before an office is closed, in the same transaction. A receiver that knows
# why the office must stay raises an `offices.refusals.Refusal`.
office_closing = Signal()
