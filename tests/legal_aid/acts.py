"""What the people of legal aid do in the stories of its tests. All fictional."""

from datetime import timedelta

from legal_aid.domain import applications, assignment
from tests.factories import MONDAY, make_lawyer

AT = MONDAY + timedelta(hours=1)
FORM = {
    "help_kind": "mediation",
    "stage": "mediation",
    "facts": "七月起未发工资。",
    "household": 3,
    "income": 3000,
}


def apply(case, register, *, by, at=AT, **facts):
    return applications.receive(
        case, centre=register.aid_centre, promised=True, at=at, by=by, **{**FORM, **facts}
    )


def grant(application, *, by, at=AT):
    return applications.decide(application, decision="granted", reasons="", at=at, by=by)


def refuse(application, *, by, at=AT):
    return applications.decide(
        application, decision="refused", reasons="不属于援助范围。", at=at, by=by
    )


def engage(case, register, lawyer, *, by, accepted=True, firm=None):
    """Have *lawyer* take a granted application in *case*; return the engagement."""
    application = grant(apply(case, register, by=by), by=by)
    pooled = getattr(lawyer, "lawyer", None) or make_lawyer(lawyer, firm=firm)
    row = assignment.offer(application, lawyer=pooled, at=AT, by=by)
    return assignment.accept(row, at=AT, by=lawyer) if accepted else row
