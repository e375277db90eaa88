"""The papers with which the commission answers an application for review."""

from django.db import transaction
from django.utils import timezone, translation

from arbitration.domain.refusals.reviews import NoSuchPaper
from arbitration.models import ReviewPaper
from disputes.domain.paper_facts import facts_of, money
from papers.domain import issuing
from papers.domain.issuing import say_date

# Which paper belongs to which state of a review.
KINDS = {
    "refused": ("review_refusal",),
    "examined": ("review_acceptance",),
    "serving": ("review_acceptance", "review_statement"),
    "in_force": ("review_statement",),
    "declined": ("review_decline",),
}


def kinds_for(review):
    """Return the codes of the papers that belong to where *review* stands."""
    return KINDS.get(review.state, ())


def may_issue(user, review, duties):
    """Return whether *user*, who holds *duties* at the commission, issues papers of *review*."""
    return bool(duties & {"docket_cases", "decide_docket"}) or review.reviewer_id == user.pk


@transaction.atomic
def issue(review, code, *, at, by):
    """Issue the paper *code* for every party at the table; return the ``ReviewPaper`` rows.

    Raises ``NoSuchPaper`` and ``FieldsMissing``.
    """
    if code not in kinds_for(review):
        raise NoSuchPaper
    parties = list(review.mediation.case.parties.order_by("pk"))
    papers = issuing.issue_many(
        code,
        office=review.office,
        sheets=[_facts(review, party, at=at) for party in parties],
        urls=[""] * len(parties),
        at=at,
        by=by,
    )
    return ReviewPaper.objects.bulk_create(
        ReviewPaper(review=review, paper=paper, party=party)
        for paper, party in zip(papers, parties, strict=True)
    )


def _facts(review, party, *, at):
    # Papers are Chinese whatever language the page is read in.
    with translation.override("zh-hans"):
        known = facts_of(review.mediation, today=timezone.localdate(at), party=party)
        return {
            **{name: known[name] for name in ("当事人", "案由", "演示标记", "收件人")},
            "案号": review.number,
            "申请日期": say_date(review.applied_on),
            "受理日期": say_date(review.decided_on) if review.decided_on else "",
            "调解组织": review.mediation.office.name,
            "协议生效日期": say_date(review.effective_on),
            "条款": _lines(review.terms),
            "协议金额": money(review.amount),
            "审查仲裁员": str(review.reviewer or ""),
            "审查理由": _reasons(review),
        }


def _reasons(review):
    ground = review.get_refusal_display() or review.get_flaw_display()
    return f"{ground}。{review.reasons}" if ground else ""


def _lines(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [{"序号": f"{number}．", "内容": line} for number, line in enumerate(lines, 1)]
