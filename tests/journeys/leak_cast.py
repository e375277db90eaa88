"""Who knocks at the doors of the leak matrix, at which cases, and how far each may reach.

The reach of every person in every situation is written here by hand, from the matrix of roles
that the federation decided on (docs/permissions.md). Nothing in this file asks the product.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace

from arbitration.domain import docket, panels
from disputes.domain import inspecting, recusals, sealing
from disputes.domain.evidence import add_evidence
from disputes.models import CaseGrant, Named, Wall
from offices.domain.staffing import end_posting, post
from offices.duties import ADMINISTRATORS, Role
from tests import factories
from tests.factories import MONDAY
from tests.journeys import leak_hung
from tests.journeys.leaks import CONTENT, NOTHING, OUTLINE, STATUS
from tests.legal_aid.papers import make_picture
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import do
from workflows.courses import leave_for_arbitration

# Whose case it is: her own; that of an office beside hers; of another tier; hers behind a wall;
# hers under a seal; hers after it was sent on; hers after her posting ended.
OWN, BESIDE, TIER, WALLED, SEALED, SENT, ENDED = SITUATIONS = (
    "own",
    "other office",
    "other tier",
    "walled",
    "sealed",
    "sent on",
    "posting ended",
)
TODAY = MONDAY.date()
R, E, A = "regional", "enterprise", "arbitration"


@dataclass(frozen=True)
class Person:
    """One row of the matrix: who, as what, which cases are hers, how far she reaches.

    *reach* maps a situation to a reach; what is not in it is nothing. *works* says whether she
    works on her own case at its desk, *above* whether she stands above that desk.
    """

    key: str
    title: str
    role: Role | None
    case: str = R
    reach: dict = field(default_factory=dict)
    works: bool = False
    above: bool = False

    def reaches(self, situation):
        """Return how far she reaches in *situation*."""
        return self.reach.get(situation, NOTHING)

    def works_in(self, situation):
        """Return whether she works on the case of *situation* at its desk."""
        at_desk = (OWN, SEALED, SENT) if self.case == A else (OWN, SEALED)
        return self.works and situation in at_desk and self.reaches(situation) == CONTENT

    def is_above_in(self, situation, to):
        """Return whether she stands above the desk of *situation*, *to* supervise or inspect."""
        if self.reaches(situation) == NOTHING or not to:
            return False
        if to == "inspect" and self.role == Role.FEDERATION_CLERK:
            return False
        return self.above if situation != TIER else self.key == "head"


def _reach(own, *, sealed=NOTHING, sent=None, beside=NOTHING, tier=NOTHING):
    """Return the reach in every situation; behind a wall and after the posting it is nothing."""
    found = {OWN: own, SEALED: sealed, SENT: own if sent is None else sent}
    return found | {BESIDE: beside, TIER: tier}


def _working(key, title, role, case, *, sealed=CONTENT, tier=NOTHING):
    return Person(key, title, role, case, _reach(CONTENT, sealed=sealed, tier=tier), works=True)


def _from_above(key, title, role, own=OUTLINE):
    reach = _reach(own, beside=OUTLINE, tier=OUTLINE)
    return Person(key, title, role, R, reach, above=True)


def _on_agenda(key, title, role):
    return Person(key, title, role, R, _reach(CONTENT))


PEOPLE = [
    Person("anonymous", "not logged in", None),
    Person("nobody", "posted nowhere", None),
    Person("reporter", "station reporter", Role.STATION_REPORTER, R, _reach(STATUS)),
    _working("enterprise_mediator", "enterprise mediator, assigned", Role.MEDIATOR, E),
    Person("enterprise_colleague", "her colleague", Role.MEDIATOR, E, _reach(OUTLINE)),
    _working("enterprise_head", "head of the enterprise's committee", Role.HEAD, E),
    _working("mediator", "regional mediator, assigned", Role.MEDIATOR, R),
    Person("colleague", "her colleague", Role.MEDIATOR, R, _reach(OUTLINE)),
    _working("head", "regional head", Role.HEAD, R, tier=OUTLINE),
    _from_above("clerk", "clerk of the federation", Role.FEDERATION_CLERK),
    _working("arbitration_clerk", "arbitration clerk", Role.ARBITRATION_CLERK, A, sealed=NOTHING),
    _working("commission_head", "head of the commission", Role.COMMISSION_HEAD, A),
    _working("arbitrator", "arbitrator, on the panel", Role.ARBITRATOR, A),
    Person("other_arbitrator", "arbitrator, not on the panel", Role.ARBITRATOR, A),
    Person("lawyer", "lawyer, asked", Role.LAWYER, R, _reach(CONTENT, sealed=CONTENT)),
    Person("other_lawyer", "lawyer, not asked", Role.LAWYER),
    Person("aid_administrator", "administrator of the aid centre", Role.AID_ADMINISTRATOR),
    Person("accountant", "accountant of the federation", Role.ACCOUNTANT),
    _on_agenda("coordinator", "coordinator, item on the agenda", Role.COORDINATOR),
    _on_agenda("court_liaison", "court liaison, item on the agenda", Role.COURT_LIAISON),
    _on_agenda("labour_liaison", "labour liaison, item on the agenda", Role.LABOUR_LIAISON),
    _on_agenda("justice_liaison", "justice liaison, item on the agenda", Role.JUSTICE_LIAISON),
    Person("other_liaison", "court liaison without an item", Role.COURT_LIAISON),
    _from_above("leader", "union leader", Role.LEADER),
    _from_above("inspector", "union leader, for a reason", Role.LEADER, CONTENT),
    Person("auditor", "auditor", Role.AUDITOR),
    Person("administrator", "system administrator", Role.SYSTEM_ADMINISTRATOR),
    Person("security_administrator", "security administrator", Role.SECURITY_ADMINISTRATOR),
    Person("audit_administrator", "audit administrator", Role.AUDIT_ADMINISTRATOR),
]
ON_AGENDA = ("coordinator", "court_liaison", "labour_liaison", "justice_liaison")
# Which case is "of another tier" for whom.
OTHER_TIER = {R: f"{A} beside", E: f"{R} beside", A: f"{R} beside"}


def make_world():
    """Make the offices, the people and the cases; return them by name."""
    world = SimpleNamespace(register=_offices(factories.make_register()))
    world.users = _people(world.register)
    world.cases = _cases(world)
    for person in ON_AGENDA:
        _grant(world, person, CaseGrant.Kind.MEETING)
    _grant(world, "lawyer", CaseGrant.Kind.LAWYER, proceeding=True)
    _hang_on(world)
    leak_hung.hang_all(world)
    return world


def _offices(register):
    make = factories.make_office
    register.other_enterprise = make(
        "锦北样例物流004有限公司劳动争议调解委员会", "物流004", "enterprise",
        "enterprise_committee", county="凌河区", parent=register.linghe,
    )  # fmt: skip
    register.other_commission = make(
        "凌河区劳动人事争议仲裁委员会", "凌劳人仲", "arbitration", "arbitration_commission",
        county="凌河区",
    )  # fmt: skip
    for name, title, short in (
        ("labour", "锦州市人力资源和社会保障局", "锦人社"),
        ("justice", "锦州市司法局", "锦司法"),
    ):
        office = make(title, short, "outside", f"{name}_bureau", handled_here=False)
        setattr(register, name, office)
    return register


def _people(offices):
    at = {
        "reporter": offices.station,
        **dict.fromkeys(("mediator", "colleague", "head"), offices.guta),
        "court_liaison": offices.court,
        "other_liaison": offices.court,
        "labour_liaison": offices.labour,
        "justice_liaison": offices.justice,
    }
    usual = {E: offices.enterprise, A: offices.commission}
    aid = (Role.LAWYER, Role.AID_ADMINISTRATOR)
    users = {}
    for n, person in enumerate(PEOPLE[1:]):
        office = at.get(person.key) or usual.get(person.case, offices.federation)
        office = offices.aid_centre if person.role in aid else office
        name = f"{'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华邹喻'[n]}明"
        users[person.key] = factories.make_user(
            f"u{n}", name, office=office if person.role else None, role=person.role
        )
    # Staff who hold the cases beside, and who keep away from the others.
    for n, (key, office, role) in enumerate(
        [
            (f"{E} beside", offices.other_enterprise, Role.MEDIATOR),
            (f"{R} beside", offices.linghe, Role.MEDIATOR),
            (f"{E} spare", offices.enterprise, Role.MEDIATOR),
            (f"{R} spare", offices.guta, Role.MEDIATOR),
            (f"{A} spare", offices.commission, Role.ARBITRATOR),
        ]
    ):
        users[key] = factories.make_user(f"s{n}", f"{'金魏陶姜戚'[n]}亮", office=office, role=role)
    return users


def _cases(world):
    offices, users = world.register, world.users
    rows = {
        R: (offices.guta, users["reporter"], None),
        E: (offices.enterprise, users[f"{E} spare"], None),
        A: (offices.commission, users["arbitration_clerk"], None),
        f"{R} beside": (offices.linghe, None, users[f"{R} beside"]),
        f"{E} beside": (offices.other_enterprise, None, users[f"{E} beside"]),
        f"{A} beside": (offices.other_commission, None, None),
        f"{R} sent": (offices.guta, users["reporter"], None),
        f"{E} sent": (offices.enterprise, users[f"{E} spare"], None),
    }
    cases = {}
    for n, (key, (office, by, handler)) in enumerate(rows.items()):
        worker = {"name": f"{'霍蓝程骆樊柴阎翟'[n]}玉兰", "phone": f"1540000{n + 1}{n + 1}07"}
        cases[key] = factories.make_case(office, by=by, handler=handler, worker=worker)
    for key in (R, f"{R} sent"):
        accept(cases[key], mediator=users["mediator"], head=users["head"])
    for key in (E, f"{E} sent"):
        accept(cases[key], mediator=users["enterprise_mediator"], head=users["enterprise_head"])
    _seat(cases[A], users)
    for key in (R, E):
        sent = cases[f"{key} sent"]
        leave_for_arbitration(sent, at=MONDAY + timedelta(hours=1), by=sent.handler)
    return {key: proceeding.case for key, proceeding in cases.items()}


def _seat(proceeding, users):
    """Let the commission receive and docket the case, and one arbitrator sit alone."""
    told = {"at": MONDAY, "by": users["arbitration_clerk"]}
    do(
        proceeding, "receive", docket.receive, received_on=TODAY, signed_on=TODAY, complete=True,
        **told,
    )  # fmt: skip
    do(proceeding, "docket", docket.decide, docketed=True, at=MONDAY, by=users["commission_head"])
    do(
        proceeding, "panel", panels.form_panel, sole=True, presiding=users["arbitrator"],
        reason="事实清楚", conflict_declared=True, notified_on=TODAY, **told,
    )  # fmt: skip
    proceeding.refresh_from_db()


def _grant(world, person, kind, *, proceeding=False):
    for key in (R, f"{R} sent"):
        case = world.cases[key]
        CaseGrant.objects.create(
            case=case,
            user=world.users[person],
            kind=kind,
            proceeding=case.proceedings.earliest("ordinal") if proceeding else None,
            reason="联席会议",
            granted_at=MONDAY,
            until=TODAY + timedelta(days=20),
        )


def _hang_on(world):
    """Give every case what hangs on one: a material, a name, a wall, a request, a reading."""
    for key, case in world.cases.items():
        first = case.proceedings.earliest("ordinal")
        add_evidence(first, file=make_picture("工资条.png"), at=MONDAY)
        spare = world.users[f"{key.split()[0]} spare"]
        Wall.objects.create(case=case, user=spare, reason="回避", at=MONDAY)
        Named.objects.create(case=case, user=world.users["other_liaison"], reason="误", at=MONDAY)
        _ask_recusal(case, asked_by=spare)
        inspecting.inspect(
            case,
            ground="complaint",
            reason="来访",
            until=TODAY + timedelta(days=5),
            at=MONDAY,
            by=world.users["inspector"],
        ) if key in (R, f"{R} sent") else None


def _ask_recusal(case, *, asked_by):
    proceeding = case.proceedings.latest("ordinal")
    people = recusals.people_of(proceeding, on=TODAY).exclude(walls__case=case)
    person = people.exclude(pk=proceeding.handler_id).order_by("-pk").first()
    if person is None:
        return
    recusals.ask_recusal(
        proceeding,
        person=person,
        asker="applicant",
        form="oral",
        ground="other",
        reason="同学",
        asked_on=TODAY,
        at=MONDAY,
        by=asked_by,
    )


def case_for(world, person, situation):
    """Return the case at whose doors *person* knocks in *situation*."""
    if situation == BESIDE:
        return world.cases[f"{E if person.above else person.case} beside"]
    if situation == TIER:
        # A regional head stands above the enterprises of her district.
        return world.cases[E if person.key == "head" else OTHER_TIER[person.case]]
    if situation == SENT and person.case != A:
        return world.cases[f"{person.case} sent"]
    return world.cases[person.case]


def arrange(world, person, situation):
    """Bring about *situation* for *person* and return the case; the caller takes it back."""
    user, case = world.users.get(person.key), case_for(world, person, situation)
    for each in (case, world.hung.case, world.hung.settled.case):
        if situation == WALLED and user:
            _wall(each, user)
        if situation == SEALED:
            _seal(each)
    if situation == ENDED and user and person.role:
        _move_away(world, user, person)
    return case


def _seal(case):
    last = case.proceedings.latest("ordinal")
    sealing.keep_to_few(last, level=case.level, sealed=True, reason="群体", at=MONDAY, by=None)


def _wall(case, user):
    Wall.objects.get_or_create(case=case, user=user, defaults={"reason": "回避", "at": MONDAY})
    sealing.forget_case(case, user=user)


def _move_away(world, user, person):
    """Let somebody serve elsewhere from today on; administrators serve as nothing else."""
    for posting in user.postings.all():
        end_posting(posting, until=TODAY - timedelta(days=1), on=TODAY)
    if person.role not in ADMINISTRATORS:
        office = world.register.other_enterprise
        post(user, office=office, role=Role.MEDIATOR, since=date(2026, 9, 7))
