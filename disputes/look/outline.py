"""What a case is called and how it went through the tiers, names masked."""

from django.utils.translation import gettext as _

from disputes.look.masks import mask_name
from disputes.look.words import say_short_day
from disputes.models import Party
from offices.models import Office


def party_name(party):
    """Return the name of *party* as lists show it: people masked, employers in full."""
    return mask_name(party.name) if party.kind == Party.Kind.WORKER else party.name


def case_title(parties, *, worker_count=1):
    """Return "李*梅 and 锦北样例建筑003有限公司" for the rows *parties* of one case."""
    applicants = [party_name(row) for row in parties if row.role == Party.Role.APPLICANT]
    respondents = [party_name(row) for row in parties if row.role == Party.Role.RESPONDENT]
    return _("%(applicant)s and %(respondent)s") % {
        "applicant": _first_of(applicants, max(len(applicants), worker_count)),
        "respondent": _first_of(respondents, len(respondents)),
    }


def _first_of(names, count):
    if not names:
        return _("unknown")
    if count < 2:
        return names[0]
    return _("%(name)s and others (%(count)s)") % {"name": names[0], "count": count}


def brief_name(office):
    """Return the name of *office* without the words that all offices of its kind share."""
    if office.kind == Office.Kind.ENTERPRISE_COMMITTEE:
        return f"{office.short_name}调委会"
    for word in ("总工会劳动争议", "劳动人事争议", "劳动争议"):
        if word in office.name:
            return office.name.replace(word, "")
    return office.name


def tier_steps(proceedings):
    """Return the steps for ``{% tier_steps %}`` from the proceedings of a case, in order."""
    latest = {proceeding.tier: proceeding for proceeding in proceedings}
    return [_step(proceeding) for proceeding in latest.values()]


def _step(proceeding):
    return {
        "tier": proceeding.tier,
        "state": "done" if proceeding.closed_at else "now",
        "office": brief_name(proceeding.office),
        "dates": _say_dates(proceeding),
        "outcome": proceeding.get_outcome_display() if proceeding.outcome else "",
    }


def _say_dates(proceeding):
    opened = say_short_day(proceeding.opened_at)
    if proceeding.closed_at:
        return f"{opened} – {say_short_day(proceeding.closed_at)}"
    if proceeding.accepted_on:
        return _("received %(opened)s, accepted %(accepted)s") % {
            "opened": opened,
            "accepted": say_short_day(proceeding.accepted_on),
        }
    return _("received %(opened)s") % {"opened": opened}
