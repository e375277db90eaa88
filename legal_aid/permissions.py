"""Who reads and does what in legal aid.

Whoever holds a duty at a legal-aid centre, or at an office above it, holds it at the centre. A
lawyer sees what she was given and nothing else. Walls and seals win over everything.
"""

from django.db.models import BooleanField, Exists, ExpressionWrapper, Min, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from disputes.models import Tier
from disputes.permissions import hidden_cases, visible_cases, worked_proceedings
from legal_aid.models import (
    AidPaper,
    Application,
    Consultation,
    Enclosure,
    Engagement,
    Lawyer,
    Payment,
    Review,
)
from offices.domain.standing import standing_of
from offices.models import Office, Posting

ADMINISTER, OVERSEE, KEEP, READ = "administer_aid", "oversee_aid", "keep_fund", "read_fund"
ADVISE = "review_cases"
BOOKING = ("file_cases", "mediate")


def centres_of(user, *duties, on=None):
    """Return the legal-aid centres at which *user* holds one of *duties* on the date *on*."""
    standing = standing_of(user, on=on or timezone.localdate())
    within = Q(pk__in=[])
    for posting in standing.postings:
        if set(posting.held).intersection(duties):
            within |= Q(path__startswith=posting.office.path)
    return Office.objects.filter(within, kind=Office.Kind.AID_CENTRE)


def powers_at(user, centre, *, on=None):
    """Return the duties that *user* holds at *centre*, or above it, on the date *on* (today)."""
    standing = standing_of(user, on=on or timezone.localdate())
    return {
        duty
        for posting in standing.postings
        if centre.path.startswith(posting.office.path)
        for duty in posting.held
    }


def lawyer_of(user):
    """Return the ``Lawyer`` of the pool that *user* is, or None."""
    return Lawyer.objects.filter(user=user).select_related("user", "centre", "firm").first()


def not_hidden(user, case="case"):
    """Return the condition that neither a wall nor a seal hides the case in column *case* from
    *user*; rows without a case are not hidden.

    A seal leaves it open to those who have it: handlers, their heads, a lawyer who was asked, and
    the people named.
    """
    return ~Q(**{f"{case}__in": hidden_cases(user)})


def _still_serves(user, day, *, on=None):
    """Return the condition that *user* serves at an office where she did on the day in *day*."""
    now = Posting.objects.active(on or timezone.localdate()).filter(user=user)
    then = Posting.objects.filter(
        Q(until__isnull=True) | Q(until__gte=OuterRef(day)),
        user=user,
        office__in=now.values("office"),
        since__lte=OuterRef(day),
    )
    return Q(Exists(then))


def visible_consultations(user, *, on=None):
    """Return the consultations that *user* reads: her centre's, her own, those she booked.

    Her own as long as she is a lawyer of the centre, those she booked as long as she serves where
    she did then.
    """
    own = Q(lawyer__user=user, centre__in=centres_of(user, ADVISE, on=on))
    booked = Q(booked_by=user) & _still_serves(user, "booked_at__date", on=on)
    centres = centres_of(user, ADMINISTER, on=on)
    rows = Consultation.objects.filter(own | booked | Q(centre__in=centres))
    return rows.filter(not_hidden(user))


def get_consultation(user, pk):
    """Return the consultation *pk* with its ``powers`` for *user*; raises ``Http404``."""
    rows = visible_consultations(user).select_related("lawyer__user", "centre", "case", "duty")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    row.powers = powers_at(user, row.centre)
    if row.lawyer.user_id == user.pk:
        row.powers.add("advise")
    if row.booked_by_id == user.pk:
        row.powers.add("book")
    return row


def fund_centres(user, *, on=None):
    """Return the centres whose fund *user* reads: administers, oversees, keeps or audits."""
    return centres_of(user, ADMINISTER, OVERSEE, KEEP, READ, on=on)


def with_matters(rows, user, *payments):
    """Annotate *rows* with ``names_matter``: whether *user* may know for which matter was paid.

    Of a sealed case the books keep every voucher, but not which case it was for. *payments* lead
    from a row to its payment, as "payment__"; without any the rows are payments.
    """
    known = Q()
    for payment in payments or ("",):
        known &= not_hidden(user, f"{payment}engagement__application__case")
    return rows.annotate(names_matter=ExpressionWrapper(known, BooleanField()))


def get_payment(user, pk):
    """Return the payment *pk* with its ``powers`` for *user*; raises ``Http404``."""
    row = (
        with_matters(Payment.objects.filter(project__centre__in=fund_centres(user)), user)
        .filter(pk=pk)
        .select_related(
            "project__centre",
            "engagement__application",
            "engagement__lawyer__user",
            "payee",
            "handler",
            "approver",
            "payer",
        )
        .first()
    )
    if row is None:
        raise Http404
    row.powers = powers_at(user, row.project.centre)
    return row


def get_enclosure(user, pk):
    """Return the enclosure *pk*: vouchers for who reads the fund, proofs of means for the centre
    and who received the application. Raises ``Http404``.
    """
    row = Enclosure.objects.filter(pk=pk).select_related("payment", "application").first()
    if row is None:
        raise Http404
    if row.payment_id:
        if not get_payment(user, row.payment_id).names_matter:
            raise Http404
        return row
    needed = {ADMINISTER, OVERSEE}
    if not hasattr(row, "closing"):
        # The archived file is the centre's; a proof is also for who received it.
        needed.add("receive")
    if not get_application(user, row.application_id).powers & needed:
        raise Http404
    return row


# What the applicant is handed: who received her application hands it to her.
TO_THE_APPLICANT = (
    "aid_application", "aid_acceptance", "aid_decision", "aid_refusal", "aid_objection",
    "aid_notice",
)  # fmt: skip
OF_THE_LAWYER = ("aid_assignment", "aid_closing")


def readable_papers(application):
    """Return the papers of *application* that the holder of its ``powers`` reads."""
    rows = application.papers.select_related("paper")
    if application.powers & {ADMINISTER, OVERSEE}:
        return rows
    kinds = TO_THE_APPLICANT if "receive" in application.powers else ()
    return rows.filter(paper__kind__in=kinds)


def get_aid_paper(user, pk):
    """Return the ``AidPaper`` of the paper *pk* with its ``powers`` for *user*; raises ``Http404``.

    The lawyer reads her assignment and her report, who received the application what the applicant
    is handed, who reads the fund its papers.
    """
    rows = AidPaper.objects.select_related("paper", "centre", "application", "engagement__lawyer")
    row = rows.filter(paper=pk).first()
    if row is None or not _reads_paper(user, row):
        raise Http404
    row.powers = powers_at(user, row.centre)
    return row


def _reads_paper(user, row):
    if row.payment_id:
        return get_payment(user, row.payment_id).names_matter
    if row.month:
        return _reads_month(user, row)
    kind, matter = row.paper.kind, row.engagement
    if matter and matter.lawyer.user_id == user.pk and kind in OF_THE_LAWYER:
        return get_engagement(user, matter.pk) is not None
    return readable_papers(get_application(user, row.application_id)).filter(pk=row.pk).exists()


def _reads_month(user, row):
    paid = Payment.objects.filter(
        project__centre=row.centre, paid_on__year=row.month.year, paid_on__month=row.month.month
    )
    hidden = with_matters(paid, user).filter(names_matter=False)
    return fund_centres(user).filter(pk=row.centre_id).exists() and not hidden.exists()


def visible_applications(user, *, on=None):
    """Return the applications for aid that exist for *user* on the date *on* (today).

    Those of her centres, those that she received as long as she serves where she did then, those
    of cases on which she works at a regional office, and of a lawyer of the centre those on which
    she works. An enterprise's committee sees none.
    """
    at_work = Engagement.objects.filter(
        lawyer__user=user,
        accepted_at__isnull=False,
        application=OuterRef("pk"),
        application__centre__in=centres_of(user, ADVISE, on=on),
    )
    worked = worked_proceedings(user, on=on).filter(tier=Tier.REGIONAL)
    rows = Application.objects.filter(
        Q(centre__in=centres_of(user, ADMINISTER, OVERSEE, on=on))
        | Q(received_by=user) & _still_serves(user, "received_at__date", on=on)
        | Q(case__in=worked.values("case"))
        | Exists(at_work.filter(ended_at__isnull=True))
    )
    return rows.filter(not_hidden(user))


def with_lawyers(applications):
    """Annotate *applications* with ``taken_at``, when a lawyer first took the matter, and
    ``closed_at``, when the closing report came in.
    """
    return applications.annotate(
        taken_at=Min("engagements__accepted_at"), closed_at=Min("engagements__closing__closed_at")
    )


def get_application(user, pk):
    """Return the application *pk* with its ``powers`` for *user*; raises ``Http404``.

    Who neither administers nor oversees the centre reads how it stands and no more.
    """
    rows = with_lawyers(visible_applications(user)).select_related(
        "centre",
        "case",
        "applicant",
        "received_by",
        "decided_by",
        "reviewed_by",
        "opinion_by",
        "recheck_by",
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    row.powers = powers_at(user, row.centre)
    if row.received_by_id == user.pk:
        row.powers.add("receive")
    return row


def get_engagement(user, pk):
    """Return the engagement *pk* if it was given to *user* and waits, runs or was finished by her.

    Raises ``Http404``; after declining, or when another took over, nothing is left to see.
    """
    rows = Engagement.objects.filter(
        Q(ended_at__isnull=True) | Q(closing__isnull=False),
        pk=pk,
        lawyer__user=user,
        declined_at__isnull=True,
    )
    rows = rows.filter(not_hidden(user, "application__case")).select_related(
        "lawyer__user",
        "lawyer__firm",
        "application__case",
        "application__applicant",
        "application__centre",
    )
    row = rows.first()
    if row is None or "review_cases" not in powers_at(user, row.application.centre):
        raise Http404
    row.powers = {"advise"}
    return row


def may_apply(user, case, proceedings, content):
    """Return whether *user* may apply for the worker of *case*: who works on it, or filed it.

    *proceedings* and *content* are what ``read_case`` answered. An enterprise's own committee,
    on which the employer sits, has no part in it.
    """
    works = any(row.pk in content.worked and row.tier != Tier.ENTERPRISE for row in proceedings)
    return works or case.filed_by_id == user.pk


def readable_reviews(user, case, *, on=None):
    """Return the reviews of *case* that *user* reads on the date *on* (today).

    Those who work on the case at the office that asked read them, and the lawyer who wrote them
    for as long as she reads the case; no other office does.
    """
    return Review.objects.filter(
        Q(proceeding__in=worked_proceedings(user, on=on)) | Q(lawyer=user),
        proceeding__case=case,
        proceeding__case__in=visible_cases(user, on=on),
    ).select_related("lawyer", "proceeding")


def get_review(user, pk):
    """Return the review *pk* if *user* was asked for it, with what is needed to show it.

    Before she has taken it she sees the brief, afterwards the case as long as it is open to her.
    Raises ``Http404``.
    """
    rows = Review.objects.filter(
        not_hidden(user, "proceeding__case"), pk=pk, lawyer=user, cancelled_at__isnull=True
    )
    row = rows.select_related(
        "proceeding__case", "proceeding__office", "proceeding__desk", "engagement__application"
    ).first()
    duties = standing_of(user, on=timezone.localdate()).duties
    if row is None or "review_cases" not in duties:
        raise Http404
    row.powers = {"advise"}
    return row


def may_read_bottom_line(user, review, *, on=None):
    """Return whether *user* reads the bottom line of *review* on the date *on* (today).

    It is for the client and the union that helps her: the lawyer who wrote it and the centre that
    sent the lawyer. Who mediates between the parties never reads it, at whatever tier.
    """
    if review.lawyer_id == user.pk:
        return readable_reviews(user, review.proceeding.case, on=on).filter(pk=review.pk).exists()
    return centre_reviews(user, on=on).filter(pk=review.pk).exists()


def centre_reviews(user, *, on=None):
    """Return the opinions that lawyers of *user*'s centres handed in, as a queryset.

    Whoever administers or oversees the centre answers for their quality.
    """
    centres = centres_of(user, ADMINISTER, OVERSEE, on=on)
    return Review.objects.filter(
        not_hidden(user, "proceeding__case"),
        submitted_at__isnull=False,
        lawyer__lawyer__centre__in=centres,
    )
