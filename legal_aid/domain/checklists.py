"""What a lawyer checks in every case, and what the cause of a case adds to it."""

from django.utils.translation import gettext_lazy as _

from disputes.models import Cause

ITEMS = {
    "parties": _("The right parties"),
    "limitation": _("Within the limitation period"),
    "relationship": _("Evidence of the labour relation"),
    "amount": _("Amounts checked"),
    "jurisdiction": _("Jurisdiction"),
    "pay_record": _("Record of pay in writing"),
    "attendance": _("Record of attendance"),
    "notice_union": _("The union was told of the termination before"),
    "procedure": _("Grounds and procedure of the termination"),
    "years": _("Years of service and average wage"),
    "recognition": _("Injury recognised"),
    "ability": _("Working ability assessed"),
    "contract": _("No written contract, and since when"),
    "insurance": _("Insurance can still be paid up"),
    "leave": _("Leave due and taken"),
    "status": _("Management, personal and economic dependence"),
}
COMMON = ("parties", "limitation", "relationship", "amount", "jurisdiction")
OF_CAUSE = {
    Cause.WAGES: ("pay_record",),
    Cause.OVERTIME: ("attendance", "pay_record"),
    Cause.HOURS: ("attendance",),
    Cause.LEAVE: ("leave",),
    Cause.TERMINATION: ("procedure", "notice_union", "years"),
    Cause.LEAVING: ("procedure", "notice_union", "years"),
    Cause.SEVERANCE: ("procedure", "years"),
    Cause.DAMAGES: ("procedure", "notice_union", "years"),
    Cause.NO_CONTRACT: ("contract",),
    Cause.INJURY: ("recognition", "ability"),
    Cause.INSURANCE: ("insurance",),
    Cause.PLATFORM: ("status",),
    Cause.RELATIONSHIP: ("status",),
}


def checklist_of(cause):
    """Return (code, words) of what is checked in a case of *cause*, in order."""
    return [(code, ITEMS[code]) for code in (*COMMON, *OF_CAUSE.get(cause, ()))]
