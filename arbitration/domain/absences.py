"""Applicants who stayed away from a hearing and come again with the same dispute."""

from disputes.models import Outcome, Party, Proceeding
from disputes.permissions import visible_cases


def treated_as_withdrawn(proceeding, *, seen_by):
    """Return the number of an earlier case of the same applicant and employer that was treated as
    withdrawn at this commission, "" when *seen_by* sees none.

    Who stayed away without a reason does not apply again for the same (劳动争议调解仲裁法 article
    36, 劳动人事争议仲裁办案规则 article 39). Whether it is the same, the commission decides.
    """
    parties = list(proceeding.case.parties.all())
    workers = [row.id_index for row in parties if row.kind == Party.Kind.WORKER and row.id_index]
    employers = [row.name for row in parties if row.kind == Party.Kind.EMPLOYER]
    if not workers:
        return ""
    earlier = Proceeding.objects.filter(
        office=proceeding.office,
        outcome=Outcome.DEEMED_WITHDRAWN,
        case__in=Party.objects.filter(id_index__in=workers).values("case"),
    ).filter(case__in=Party.objects.filter(name__in=employers).values("case"))
    earlier = earlier.exclude(case=proceeding.case).filter(case__in=visible_cases(seen_by))
    return earlier.order_by("-closed_at").values_list("number", flat=True).first() or ""
