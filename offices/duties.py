"""Duties and roles: what a person may be asked to do at an office.

A duty is a guardian permission on ``Office``; a role is the set of duties that a posting
gives. The table below is the whole of it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

DUTIES = {
    "view_cases": _("read the office's cases"),
    "file_cases": _("file cases"),
    "accept_cases": _("examine applications and decide on acceptance"),
    "assign_cases": _("appoint mediators and change handlers"),
    "mediate": _("mediate"),
    "docket_cases": _("receive and keep the docket"),
    "decide_docket": _("decide on docketing"),
    "schedule_hearings": _("schedule hearings"),
    "arbitrate": _("sit on the panel"),
    "review_cases": _("review cases as a lawyer"),
    "administer_aid": _("administer legal aid"),
    "oversee_aid": _("decide on objections and payments of legal aid"),
    "keep_fund": _("pay out of the fund and keep its books"),
    "read_fund": _("read the books of the fund"),
    "convene_meetings": _("convene the joint meeting"),
    "answer_meetings": _("answer for an agency at the joint meeting"),
    "supervise": _("see the lists of the offices below"),
    "inspect_cases": _("read a case of an office below for a reason"),
    "import_ledger": _("import ledgers"),
    "read_audit": _("read the audit log"),
    "administer_offices": _("keep the register of offices and the accounts"),
    "authorise_people": _("post people to offices and unlock accounts"),
    "keep_law": _("keep the holiday calendar, the time limits and the local figures"),
}


class Role(models.TextChoices):
    """What a person serves as at an office."""

    STATION_REPORTER = "station_reporter", _("station reporter")
    MEDIATOR = "mediator", _("mediator")
    HEAD = "head", _("head of a mediation organisation")
    FEDERATION_CLERK = "federation_clerk", _("clerk of the federation")
    ARBITRATION_CLERK = "arbitration_clerk", _("arbitration clerk")
    COMMISSION_HEAD = "commission_head", _("head of the arbitration commission")
    ARBITRATOR = "arbitrator", _("arbitrator")
    LAWYER = "lawyer", _("legal-aid lawyer")
    AID_ADMINISTRATOR = "aid_administrator", _("administrator of the legal-aid centre")
    ACCOUNTANT = "accountant", _("accountant of the federation")
    COORDINATOR = "coordinator", _("joint-meeting coordinator")
    COURT_LIAISON = "court_liaison", _("liaison officer of the court")
    LABOUR_LIAISON = "labour_liaison", _("liaison officer of the labour bureau")
    JUSTICE_LIAISON = "justice_liaison", _("liaison officer of the justice bureau")
    LEADER = "leader", _("union leader")
    AUDITOR = "auditor", _("auditor")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("system administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("security administrator")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("audit administrator")


ROLE_DUTIES = {
    Role.STATION_REPORTER: {"file_cases"},
    Role.MEDIATOR: {"file_cases", "mediate"},
    Role.HEAD: {
        "view_cases",
        "file_cases",
        "accept_cases",
        "assign_cases",
        "mediate",
        "supervise",
        "inspect_cases",
    },
    Role.FEDERATION_CLERK: {"view_cases", "file_cases", "import_ledger", "supervise", "keep_law"},
    Role.ARBITRATION_CLERK: {
        "view_cases",
        "file_cases",
        "docket_cases",
        "schedule_hearings",
    },
    Role.COMMISSION_HEAD: {"view_cases", "decide_docket", "assign_cases", "arbitrate"},
    Role.ARBITRATOR: {"arbitrate"},
    Role.LAWYER: {"review_cases"},
    Role.AID_ADMINISTRATOR: {"administer_aid", "file_cases"},
    Role.ACCOUNTANT: {"keep_fund"},
    Role.COORDINATOR: {"convene_meetings"},
    Role.COURT_LIAISON: {"answer_meetings"},
    Role.LABOUR_LIAISON: {"answer_meetings"},
    Role.JUSTICE_LIAISON: {"answer_meetings"},
    Role.LEADER: {"supervise", "inspect_cases", "oversee_aid"},
    Role.AUDITOR: {"read_audit", "read_fund"},
    Role.SYSTEM_ADMINISTRATOR: {"administer_offices", "keep_law"},
    Role.SECURITY_ADMINISTRATOR: {"authorise_people"},
    Role.AUDIT_ADMINISTRATOR: {"read_audit"},
}

# One person is never two of these, nor one of these and anything else (separation of powers of
# administrators, GB/T 22239-2019, level 3).
ADMINISTRATORS = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)

MEDIATING_KINDS = ("enterprise_committee", "industry_committee", "county_centre", "station")
UNION_KINDS = ("city_federation", "county_centre")

# The kinds of office (values of Office.Kind) at which a role is served.
ROLE_KINDS = {
    Role.STATION_REPORTER: ("station",),
    Role.MEDIATOR: MEDIATING_KINDS,
    Role.HEAD: MEDIATING_KINDS,
    Role.FEDERATION_CLERK: UNION_KINDS,
    Role.ARBITRATION_CLERK: ("arbitration_commission",),
    Role.COMMISSION_HEAD: ("arbitration_commission",),
    Role.ARBITRATOR: ("arbitration_commission",),
    Role.LAWYER: ("aid_centre",),
    Role.AID_ADMINISTRATOR: ("aid_centre",),
    Role.ACCOUNTANT: ("city_federation",),
    Role.COORDINATOR: UNION_KINDS,
    Role.COURT_LIAISON: ("court",),
    Role.LABOUR_LIAISON: ("labour_bureau",),
    Role.JUSTICE_LIAISON: ("justice_bureau",),
    Role.LEADER: UNION_KINDS,
    Role.AUDITOR: ("city_federation",),
    **dict.fromkeys(ADMINISTRATORS, ("city_federation",)),
}


def roles_at(kind):
    """Return the roles that are served at an office of *kind*, in the order of ``Role``."""
    return [role for role in Role if kind in ROLE_KINDS[role]]
