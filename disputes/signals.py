"""News of the record, for rooms above it. Receivers run in the sender's transaction."""

from django.dispatch import Signal

# A proceeding was opened. Arguments: proceeding, at (aware datetime), by (User or None).
proceeding_opened = Signal()
# A proceeding was closed. Arguments: proceeding, at, by.
proceeding_closed = Signal()
# The applicant leaves the course. Arguments: proceeding, reason, at, by.
case_withdrawn = Signal()
# A case ended. Arguments: case, at.
case_ended = Signal()
# A proceeding's handler changed. Arguments: proceeding, at, by.
handler_changed = Signal()
# A batch of ledger rows became cases. Arguments: proceedings (a list, each with its case; open
# ones have no closed_at), at, by. One signal per batch: receivers write in bulk.
cases_imported = Signal()
# Something was written into a timeline. Arguments: entry.
entry_recorded = Signal()
# A deadline got new dates, or came to rest. Arguments: deadline.
deadline_moved = Signal()
# A batch of deadlines got new dates. Arguments: deadlines (a list). Receivers work in bulk.
deadlines_moved = Signal()
# Both parties ask the commission to review their agreement. Arguments: proceeding (the mediation),
# applied_on (date), at, by.
agreement_submitted = Signal()
# The commission is done with an agreement. Arguments: proceeding (the mediation), result
# ("granted", "refused" or "withdrawn"), on (date), at, by.
agreement_reviewed = Signal()
# A paper is proved to have been served. Arguments: service, at, by.
paper_served = Signal()
