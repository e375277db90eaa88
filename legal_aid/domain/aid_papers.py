"""Papers of the legal-aid centre: which there are, when their time has come, issuing them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legal_aid.domain import paper_facts
from legal_aid.domain.fund import standard_of
from legal_aid.domain.refusals import NothingPaid, PaperIssued, PaperTooEarly
from legal_aid.domain.words import in_house_language
from legal_aid.models import AidPaper, Application, Engagement, Payment
from papers.domain import issuing


@dataclass(frozen=True)
class Source:
    """When a paper of an application is due, and whether it is about its lawyer.

    *due* takes the application and the engagement of its lawyer, who took it, or None.
    """

    due: Callable
    of_lawyer: bool = False


def _is_refused(row, matter):
    return row.decision == Application.Decision.REFUSED


def _has_opinion(row, matter):
    return paper_facts.last_opinion(row.case) is not None


SOURCES = {
    "aid_application": Source(lambda row, matter: True),
    "aid_acceptance": Source(lambda row, matter: True),
    "aid_decision": Source(lambda row, matter: row.is_granted),
    "aid_refusal": Source(_is_refused),
    "aid_objection": Source(lambda row, matter: bool(row.objection_result)),
    "aid_assignment": Source(lambda row, matter: matter is not None, of_lawyer=True),
    "aid_notice": Source(lambda row, matter: matter is not None, of_lawyer=True),
    "lawyer_opinion": Source(_has_opinion),
    "aid_closing": Source(
        lambda row, matter: matter is not None and hasattr(matter, "closing"), of_lawyer=True
    ),
}
OF_PAYMENT = {
    "fund_application": lambda row: True,
    "fund_payment": lambda row: row.state in (Payment.State.APPROVED, Payment.State.PAID),
}


def matter_of(application):
    """Return the ``Engagement`` of whoever works on *application* or finished it, or None."""
    rows = Engagement.objects.filter(
        Q(closing__isnull=False) | Q(ended_at__isnull=True),
        application=application,
        accepted_at__isnull=False,
    )
    rows = rows.select_related("lawyer__user", "lawyer__firm", "lawyer__centre", "closing")
    return rows.order_by("-pk").first()


def valid(papers):
    """Return those of *papers* (``AidPaper`` rows) that were not declared void."""
    return papers.filter(paper__voided_at__isnull=True).select_related("paper")


def due_of(application):
    """Return the codes of the papers of *application* whose time has come, not issued yet."""
    matter = matter_of(application)
    issued = {(row.paper.kind, row.engagement_id) for row in valid(application.papers)}
    return [
        code
        for code, source in SOURCES.items()
        if source.due(application, matter)
        and (code, matter.pk if source.of_lawyer else None) not in issued
    ]


def due_of_payment(payment):
    """Return the codes of the papers of *payment* whose time has come, not issued yet."""
    issued = {row.paper.kind for row in valid(payment.papers)}
    return [code for code, due in OF_PAYMENT.items() if due(payment) and code not in issued]


@transaction.atomic
def issue(application, code, *, at, by):
    """Issue the paper *code* of *application* and return the ``AidPaper``.

    Raises ``PaperTooEarly``, ``PaperIssued``, ``FieldsMissing``.
    """
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    matter, source = matter_of(row), SOURCES[code]
    if not source.due(row, matter):
        raise PaperTooEarly
    about = matter if source.of_lawyer else None
    _refuse_twice(row.papers.filter(engagement=about), code)
    with in_house_language():
        facts = paper_facts.of_application(row, today=timezone.localdate(at), engagement=matter)
        if code == "lawyer_opinion":
            facts |= paper_facts.of_opinion(paper_facts.last_opinion(row.case))
    return keep(code, row.centre, facts, at=at, by=by, application=row, engagement=about)


@transaction.atomic
def issue_of_payment(payment, code, *, at, by):
    """Issue the paper *code* of *payment*; raises as ``issue`` does."""
    row = Payment.objects.select_for_update(of=("self",)).select_related("project__centre")
    row = row.get(pk=payment.pk)
    if not OF_PAYMENT[code](row):
        raise PaperTooEarly
    _refuse_twice(row.papers, code)
    centre = row.project.centre
    standard = standard_of(centre, row.kind, on=timezone.localdate(row.asked_at))
    with in_house_language():
        facts = paper_facts.of_payment(row, most=standard.most if standard else None)
    return keep(code, centre, facts, at=at, by=by, payment=row)


@transaction.atomic
def issue_sheet(centre, *, payments, month, at, by):
    """Issue the sheet of the subsidies that *payments* are, of the month of the date *month*.

    Raises ``NothingPaid`` and ``PaperIssued``.
    """
    month, rows = month.replace(day=1), list(payments)
    if not rows:
        raise NothingPaid
    _refuse_twice(AidPaper.objects.filter(centre=centre, month=month), "subsidy_sheet")
    with in_house_language():
        facts = paper_facts.of_month(rows, month=month)
    return keep("subsidy_sheet", centre, facts, at=at, by=by, month=month)


def void(row, *, reason, at, by):
    """Declare the paper of the ``AidPaper`` *row* void. Raises what ``issuing.void`` raises."""
    return issuing.void(row.paper, reason=reason, at=at, by=by)


def _refuse_twice(papers, code):
    known = valid(papers).filter(paper__kind=code).first()
    if known is not None:
        raise PaperIssued(
            _("This paper has been issued already: %(number)s.") % {"number": known.paper.number}
        )


def keep(code, centre, facts, *, at, by, **about):
    """Issue the paper *code* with *facts*, and keep what it is *about*: columns of ``AidPaper``."""
    paper = issuing.issue(code, office=centre, facts=facts, at=at, by=by)
    return AidPaper.objects.create(paper=paper, centre=centre, **about)
