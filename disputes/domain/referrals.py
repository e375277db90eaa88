"""Sending somebody where her claim is heard, so that nobody stands before a closed door."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import override

from disputes.domain.advice import advise
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Kind, record
from disputes.models import Referral
from law.avenues import TITLES, Avenue, Where
from offices.models import Office


class ReferredBefore(Refusal):
    """The applicant was sent there with this claim."""

    sentence = _("She was referred there with this claim already.")
    field = "where"


class NotYet(Refusal):
    """Told in the future."""

    sentence = _("This day has not come yet.")
    field = "told_on"


@transaction.atomic
def refer(
    proceeding, *, where, place, contact, reason, claim=None, article="", told_on, at, by=None
):
    """Record that the applicant was told on the date *told_on* to take *claim* (None: all) there.

    *where* is a code of ``law.avenues.Where``, *place* the organisation by name, *contact* how to
    reach it, *reason* and *article* why. The case goes on: it can be mediated all the same.
    Raises ``ReferredBefore``, ``NotYet``. Returns the ``Referral``.
    """
    case = proceeding.case
    if told_on > timezone.localdate(at):
        raise NotYet
    if Referral.objects.filter(case=case, claim=claim, where=where).exists():
        raise ReferredBefore
    row = Referral.objects.create(
        case=case,
        proceeding=proceeding,
        claim=claim,
        where=where,
        place=place,
        contact=contact,
        reason=reason,
        article=article,
        told_on=told_on,
        at=at,
        by=by,
    )
    record(
        case,
        N_("Referred to %(place)s: %(contact)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        key=True,
        text=" · ".join(filter(None, (reason, article))),
        place=place,
        contact=contact,
    )
    return row


def refer_refused(proceeding, *, reason, at, by=None):
    """Refer the applicant of a refused application: where the law sends each claim, else to court.

    A refusal is never the end of the way: what nobody has referred yet is referred now. Returns
    the new ``Referral`` rows.
    """
    case = proceeding.case
    if Referral.objects.filter(case=case, proceeding=proceeding).exists():
        return []
    told = {"reason": reason[:500], "told_on": timezone.localdate(at), "at": at, "by": by}
    known = set(Referral.objects.filter(case=case).values_list("claim_id", "where"))
    rows = []
    for claim, avenue in _outside(case):
        if (claim.pk if claim else None, avenue.where) not in known:
            place, contact = place_of(avenue.where, near=proceeding.office)
            rows.append(
                refer(
                    proceeding, claim=claim, where=avenue.where, article=avenue.article,
                    place=place, contact=contact, **told,
                )
            )  # fmt: skip
    return rows


def _outside(case):
    """Return (claim, first avenue besides mediation here) of each claim; the court for the rest."""
    advice = advise(case, list(case.parties.all()), list(case.claims.all()))
    found = [
        (way.claim, avenue)
        for way in advice.ways
        for avenue in [each for each in way.avenues if each.where != Where.MEDIATION][:1]
    ]
    return found or [(None, Avenue(Where.COURT, "劳动争议调解仲裁法第二十九条"))]


_KINDS = {
    Where.COURT: "COURT",
    Where.ARBITRATION: "ARBITRATION_COMMISSION",
    Where.INSPECTION: "LABOUR_BUREAU",
}


def place_of(where, *, near):
    """Return (name, how to reach it) of the office of the register that is meant by *where*.

    Of the district of the office *near* where there is one. What the register does not have is
    named by its kind, with the hotline that gives the address.
    """
    kind = getattr(Office.Kind, _KINDS.get(where, ""), None)
    offices = Office.objects.filter(kind=kind, is_active=True) if kind else Office.objects.none()
    found = offices.filter(county=near.county).order_by("pk").first() if near.county else None
    found = found or offices.order_by("pk").first()
    with override("zh-hans"):
        name = found.name if found else str(TITLES[Where(where)])
        return name, _HOTLINES[where]


# Public numbers of the State, the same everywhere.
_HOTLINES = {
    Where.COURT: "12368 诉讼服务热线，或人民法院在线服务",
    Where.INSPECTION: "12333 人力资源社会保障热线，或全国根治欠薪线索反映平台",
    Where.INSURANCE: "12333 人力资源社会保障热线",
    Where.ARBITRATION: "12333 人力资源社会保障热线",
    Where.MEDIATION: "12351 职工维权热线",
}
