"""Issuing papers of legal aid, declaring them void, archiving a file."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from legal_aid.domain import aid_papers, dossier, enclosures
from legal_aid.forms.base import AidForm, LineField, ScanField
from papers.titles import TITLES


class IssueForm(AidForm):
    """A paper is filled in from the record, numbered and kept."""

    button = _("Issue the paper")
    done = _("The paper is issued.")
    code = ""
    verb = staticmethod(aid_papers.issue)

    def do(self, *, at, by):
        return self.verb(self.row, self.code, at=at, by=by)


def issuing(code, verb):
    """Return the form that issues the paper *code* by *verb* (row, code, at, by)."""
    facts = {"code": code, "title": TITLES[code], "verb": staticmethod(verb)}
    return type(f"Issue{code.title()}Form", (IssueForm,), facts)


class VoidForm(AidForm):
    """A paper does not count."""

    title = _("Declare void")
    button = _("Declare void")
    done = _("The paper is void; its number stays taken.")
    stops = True
    sections = [("", ["reason"])]

    reason = LineField(label=_("Why it is void"))

    def do(self, *, at, by):
        return aid_papers.void(self.row, **self.cleaned_data, at=at, by=by)


class SheetForm(AidForm):
    """The sheet of subsidies of one month, as a paper; *row* is (centre, its payments by month)."""

    title = _("Issue the sheet of subsidies")
    button = _("Issue the paper")
    done = _("The paper is issued.")
    sections = [("", ["month"])]

    month = forms.RegexField(
        label=_("Month"),
        regex=r"^20\d\d-(0[1-9]|1[0-2])$",
        widget=forms.TextInput({"type": "month", "class": "fx-w-12"}),
        help_text=_("Year and month, as 2026-09."),
    )

    def prepare(self):
        self.fill(month=f"{self.today:%Y-%m}")

    def do(self, *, at, by):
        year, month = map(int, self.cleaned_data["month"].split("-"))
        centre, paid_in = self.row
        payments = paid_in(year=year, month=month)
        day = date(year, month, 1)
        return aid_papers.issue_sheet(centre, payments=payments, month=day, at=at, by=by)


class ProofForm(AidForm):
    """A proof of means is added."""

    title = _("Add a proof of means")
    button = _("Keep")
    done = _("The scan is kept.")
    sections = [("", ["scan"])]

    scan = ScanField(label=_("Proof of means"), required=True)

    def do(self, *, at, by):
        return enclosures.enclose(self.cleaned_data["scan"], application=self.row, at=at, by=by)


class ArchiveForm(AidForm):
    """The file is put together and kept."""

    title = _("Archive the file")
    intro = _("Cover, contents, papers and scans become one PDF that is kept with its hash.")
    button = _("Archive the file")
    done = _("The file is archived.")

    def do(self, *, at, by):
        return dossier.archive(self.row.closing, at=at, by=by)
