"""The desk at which an application is filed: its person, its offices, its draft, its forms."""

from functools import cached_property
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone

from disputes.domain import drafts
from disputes.domain.refusals import Refusal
from disputes.forms.claims import PREFIX, ClaimForm, ClaimFormSet, rows_in
from disputes.forms.intake import IntakeForm
from disputes.permissions import can_file_at

FORM = "intake"
# Names of buttons and of what Django adds: they are no content of a draft.
BUTTONS = {"save", "lookup", "upload", "add_claim", "remove_claim", "remove_file", "submit"}
NOT_KEPT = BUTTONS | {"csrfmiddlewaretoken", "files"}


class Desk:
    """What filing needs to know of one request. Raises ``PermissionDenied`` without the duty."""

    def __init__(self, request):
        self.user, self.at = request.user, timezone.now()
        self.today = timezone.localdate(self.at)
        self.refused_files = []
        self.offices = list(can_file_at(request.user).order_by("pk"))
        if not self.offices:
            raise PermissionDenied

    @cached_property
    def draft(self):
        """The draft of this person, or None."""
        return drafts.read_draft(self.user, form=FORM)

    def drafted(self):
        """Return the values of the draft as a form posts them."""
        values = QueryDict(mutable=True)
        for name, written in (drafts.content_of(self.draft) if self.draft else {}).items():
            values.setlist(name, [str(value) for value in written])
        return values

    def save(self, values):
        """Keep *values* as the draft. Raises ``DraftTooLong``."""
        content = {name: written for name, written in values.lists() if name not in NOT_KEPT}
        self.draft = drafts.save_draft(self.user, form=FORM, content=content, at=self.at)

    def read(self, values):
        """Return (form, claims) that show *values* without judging them."""
        names = IntakeForm.base_fields
        initial = {name: values.get(name, "") for name in names} if values else {}
        form = IntakeForm(initial=initial, offices=self.offices, today=self.today)
        rows = rows_in(values) or [dict.fromkeys(ClaimForm.base_fields, "")]
        return form, ClaimFormSet(prefix=PREFIX, initial=rows)

    def add_files(self, files):
        """Keep uploaded *files* with the draft, and the reasons why some are refused."""
        for file in files:
            try:
                drafts.add_file(self.draft, file=file, at=self.at)
            except Refusal as refusal:
                self.refused_files.append(f"{file.name}: {refusal}")

    def check(self, values):
        """Return (form, claims) that have judged *values* and the files that came with them."""
        form = IntakeForm(values, offices=self.offices, today=self.today)
        for sentence in self.refused_files:
            form.add_error("files", sentence)
        return form, ClaimFormSet(values, prefix=PREFIX)

    def token(self, values):
        """Return the token of the form that *values* come from, a new one for an empty form."""
        try:
            return UUID(values.get("token", ""))
        except ValueError:
            return uuid4()

    def files(self):
        """Return the files that came with the draft."""
        return list(self.draft.files.all()) if self.draft else []


def with_claim_added(values):
    """Return *values* with one more empty row of claims."""
    return _with_rows(values, [*rows_in(values), {}])


def with_claim_removed(values, index):
    """Return *values* without the row of claims at *index*, a number as text."""
    rows = rows_in(values)
    if index.isascii() and index.isdecimal() and int(index[:4]) < len(rows):
        del rows[int(index)]
    return _with_rows(values, rows)


def _with_rows(values, rows):
    changed = values.copy()
    for name in [name for name in changed if name.startswith(f"{PREFIX}-")]:
        del changed[name]
    for index, row in enumerate(rows):
        for name, written in row.items():
            changed[f"{PREFIX}-{index}-{name}"] = written
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(len(rows))
    changed[f"{PREFIX}-INITIAL_FORMS"] = "0"
    return changed
