"""News from the register for the rooms that know cases."""

from django.dispatch import Signal

# Sent with `office` before an office is closed, in the same transaction. A receiver that knows
# why the office must stay raises an `offices.refusals.Refusal`.
office_closing = Signal()
# A program came with a token that opens nothing any more: ``request``, and ``user``, whose it was,
# or None when it never was anybody's.
token_refused = Signal()
