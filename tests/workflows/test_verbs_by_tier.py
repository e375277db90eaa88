"""What may be done from any step, at each tier: shown on the case page, done, refused in words.

Where the law knows a verb at no tier, the table names the article.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disputes.domain import escalation
from disputes.domain.clocks import find_clock
from disputes.models import Deadline, Joinder, Outcome, Proceeding, Recusal, Tier, Transfer, Wall
from offices.duties import Role
from offices.models import Office
from tests import factories
from tests.disputes.test_intake_page import PDF
from tests.factories import MONDAY
from tests.journeys.hands import Hands
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import open_titles, task_of
from workflows.courses import leave

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = Tier.ENTERPRISE, Tier.REGIONAL, Tier.ARBITRATION
TIERS = (ONE, TWO, THREE)


@pytest.fixture
def hands(time_machine):
    found = Hands(lambda moment: time_machine.move_to(moment, tick=True))
    found.go_to(MONDAY + timedelta(hours=1))
    return found


class Scene:
    """A case at one tier, who keeps its file and who leads its desk; *hands* are at the doors."""

    def __init__(self, tier, register, hands):
        self.tier, self.register, self.hands = tier, register, hands
        self.office = {ONE: register.enterprise, TWO: register.guta, THREE: register.commission}[
            tier
        ]
        keeper, head = {
            ONE: (Role.MEDIATOR, Role.HEAD),
            TWO: (Role.MEDIATOR, Role.HEAD),
            THREE: (Role.ARBITRATION_CLERK, Role.COMMISSION_HEAD),
        }[tier]
        self.keeper = factories.make_user("keeper", "韩冰", office=self.office, role=keeper)
        self.head = factories.make_user("head", "魏然", office=self.office, role=head)
        self.leader = factories.make_user(
            "lead", "丁一", office=register.federation, role=Role.LEADER
        )
        self.case = factories.make_case(self.office, by=self.keeper, consents={"next_tier": True})

    @property
    def last(self):
        return Proceeding.objects.filter(case=self.case.case).latest("ordinal")

    def other_office(self):
        """Return another office of the tier, which has a head."""
        tier = Office.Tier(self.office.tier)
        office = factories.make_office(
            "另一家办案组织", "另调", tier, self.office.kind, county="凌河区",
            parent=self.register.federation if self.tier != THREE else None,
            **({"credit_code": "91210799MAD793834L"} if self.tier == ONE else {}),
        )  # fmt: skip
        role = Role.COMMISSION_HEAD if self.tier == THREE else Role.HEAD
        self.there = factories.make_user("there", "何清", office=office, role=role)
        return office

    def begin(self):
        """Take the case to where its desk has taken it on."""
        if self.tier != THREE:
            accept(self.case, mediator=self.keeper, head=self.head)
            return
        self.hands.step(self.keeper, self.case, "receive", signed_on="2026-09-07", complete="yes")
        self.hands.step(self.head, self.case, "docket", docketed="yes")
        self.case.refresh_from_db()

    def page(self, user):
        return self.hands.reads(user, reverse("case", args=[self.case.case_id]))

    def refuses(self, user, url, **answers):
        """Return the sentence with which *url* refuses what *user* sends."""
        answer = self.hands.try_to_send(user, url, **answers)
        assert answer.status_code == 422, answer.status_code
        said = [str(each) for errors in answer.context["form"].errors.values() for each in errors]
        assert said
        assert all(each.endswith(("。", "？")) for each in said), said
        return " ".join(said)

    def take(self, user, name, **answers):
        """Let *user* find the way *name* on the page of the case, be refused, and take it."""
        url = reverse(name, args=[self.case.case_id])
        assert url in self.page(user), name
        self.refuses(user, url, reason="")
        self.hands.send(user, url, **answers)


def go_back_a_step(scene):
    scene.begin()
    if scene.tier == THREE:
        at_the_hearing(scene)
    scene.take(scene.keeper, "step_back", reason="通知有误")
    assert set(open_titles(scene.case)) & {"appoint", "set_hearing"}


def at_the_hearing(scene):
    hands, case = scene.hands, scene.case
    person = factories.make_user("sole", "何平", office=scene.office, role=Role.ARBITRATOR)
    hands.step(
        scene.keeper, case, "panel", sole="yes", presiding=person.pk, reason="事实清楚",
        conflict_declared="on",
    )  # fmt: skip
    hands.step(scene.keeper, case, "serve_copy", method="direct", receipt="签收")
    starts = hands.at + timedelta(days=25)
    hands.step(
        scene.keeper, case, "set_hearing", starts_at=starts.strftime("%Y-%m-%dT09:00"),
        ends_at=starts.strftime("%Y-%m-%dT11:00"), mode="room", new_room="第一仲裁庭",
        notice_method="direct",
    )  # fmt: skip


def hand_on_and_return(scene):
    other = scene.other_office()
    before = scene.hands.at.date()
    scene.take(scene.head, "hand_on", office=other.pk, reason="履行地不在本区")
    there = scene.last
    assert there.office == other
    clock = find_clock(there.case, "MED_ACCEPT", proceeding=there)
    assert clock is None or clock.started_on == before
    scene.take(scene.there, "hand_back", reason="单位在本区")
    assert scene.last.office == scene.office
    # Once: nobody is offered a second time what those above decide.
    page = scene.page(scene.head)
    assert reverse("hand_on", args=[scene.case.case_id]) not in page
    url = reverse("ask_above", args=[scene.case.case_id])
    assert url in page
    scene.hands.send(scene.head, url, reason="两家都认为不属本区")
    assert scene.leader.notices.filter(verb__contains="decide which office").exists()
    scene.take(scene.leader, "place", office=other.pk, reason="指定")
    assert scene.last.office == other
    assert Transfer.objects.count() == 3


def pass_on_and_be_designated(scene):
    """Between commissions nothing is returned: article 9 of the rules of the commissions."""
    other = scene.other_office()
    scene.begin()
    url = reverse("commission_way", args=[scene.case.pk, "transfer"])
    assert url in scene.hands.reads(scene.head, reverse("desk", args=[scene.case.pk]))
    scene.refuses(scene.head, url, office=other.pk, reasons="")
    scene.hands.send(scene.head, url, office=other.pk, reasons="履行地不在本市")
    assert scene.last.office == other
    page = scene.page(scene.there)
    for name in ("hand_back", "hand_on"):
        door = reverse(name, args=[scene.case.case_id])
        assert door not in page
        assert scene.hands.try_to_send(scene.there, door, reason="不属本委").status_code == 403
    scene.take(
        scene.there, "designate", office=scene.office.pk, decided_on="2026-09-07",
        reason="指定管辖决定", paper=SimpleUploadedFile("指定管辖决定书.pdf", PDF),
    )  # fmt: skip
    assert scene.last.office == scene.office
    assert scene.case.case.evidence.filter(name="指定管辖决定书.pdf").exists()


def go_to_the_tier_before(scene):
    head_below = factories.make_user(
        "below", "马静", office=scene.register.enterprise, role=Role.HEAD
    )
    scene.case = factories.make_case(scene.register.enterprise, by=head_below, consents={})
    if scene.tier == THREE:
        scene.hands.way(head_below, scene.case, "arbitrate", confirmed="on")
    else:
        accept(scene.case, mediator=head_below, head=head_below)
        expire(scene)
    assert scene.last.tier == scene.tier
    clock = Deadline.objects.filter(case=scene.case.case, rule__rule_id="LIMITATION").get()
    scene.take(scene.head, "hand_back", reason="材料未随案移送")
    assert (scene.last.tier, scene.last.office) == (ONE, scene.register.enterprise)
    assert Deadline.objects.get(pk=clock.pk).state == clock.state


def expire(scene):
    """Let the parties not settle, and the applicant choose the next tier."""
    proceeding = scene.last
    leave(proceeding, at=scene.hands.at, by=None)
    escalation.escalate(proceeding, outcome=Outcome.NOT_SETTLED, at=scene.hands.at, by=None)


def join_and_sever(scene):
    other = factories.make_case(scene.office, by=scene.keeper)
    sever = reverse("sever", args=[scene.case.case_id])
    assert sever not in scene.page(scene.head)
    scene.take(scene.head, "join", number=other.number, reason="同一单位")
    assert Joinder.objects.get().joined == other.case
    scene.take(scene.head, "sever", reason="请求不同")
    assert Joinder.objects.get().severed_at


def recuse(scene):
    url = reverse("recusal_ask", args=[scene.case.case_id])
    assert url in scene.page(scene.keeper)
    asked = {
        "person": scene.keeper.pk, "asker": "applicant", "ground": "kin",
        "asked_on": scene.hands.at.date().isoformat(),
    }  # fmt: skip
    scene.refuses(scene.keeper, url, **asked, form="oral", reason="")
    scene.hands.send(scene.keeper, url, **asked, form="oral", reason="是单位经理的妻子")
    row = Recusal.objects.get()
    if scene.tier == THREE:
        clock = find_clock(scene.case.case, "ARB_RECUSAL", proceeding=scene.case)
        assert clock.alarm_on > clock.started_on
    # Until it is decided she leaves the case alone.
    name = open_titles(scene.case)[0]
    task = reverse("step", args=[task_of(scene.case, name).pk])
    facts = {
        "examine": {"in_scope": "yes", "complete": "yes"},
        "receive": {"signed_on": "2026-09-07", "complete": "yes"},
    }[name]
    assert "回避" in scene.refuses(scene.keeper, task, **facts)
    decide = reverse("recusal", args=[row.pk])
    scene.refuses(scene.head, decide, granted="yes", decision="")
    scene.hands.send(scene.head, decide, granted="yes", decision="属实")
    assert Wall.objects.get().user == scene.keeper
    assert find_clock(scene.case.case, "ARB_RECUSAL", proceeding=scene.case) is None


def stand_still_and_go_on(scene):
    scene.begin()
    if scene.tier == THREE:
        names = [
            reverse("desk_act", args=[scene.case.pk, act]) for act in ("suspension", "resumption")
        ]
        facts = {"ground": "appraisal", "reason": "等待工伤认定结论"}
        user, clock = scene.head, find_clock(scene.case.case, "ARB_AWARD", proceeding=scene.case)
    else:
        clock = find_clock(scene.case.case, "MED_CLOSE", proceeding=scene.case)
        names = [reverse("turn_clock", args=[clock.pk, act]) for act in ("suspend", "resume")]
        today = scene.hands.at.date().isoformat()
        facts = {"ground": "both_parties", "both_agreed": "on", "reason": "双方申请", "on": today}
        user = scene.keeper
    assert linked(scene, user, clock, names[0])
    scene.refuses(user, names[0], **facts)
    scene.hands.send(user, names[0], **facts, file=SimpleUploadedFile("申请书.pdf", PDF))
    clock.refresh_from_db()
    assert clock.state == Deadline.State.SUSPENDED
    scene.hands.go_to(MONDAY + timedelta(days=3))
    assert linked(scene, user, clock, names[1])
    day = {} if scene.tier == THREE else {"on": scene.hands.at.date().isoformat()}
    scene.refuses(user, names[1], **day, reason="")
    scene.hands.send(user, names[1], **day, reason="事由消除")
    clock.refresh_from_db()
    assert clock.state == Deadline.State.RUNNING


def linked(scene, user, clock, url):
    """Return whether *url* is on the page of the case, or on that of its *clock*, linked there."""
    sheet = reverse("deadline", args=[clock.pk])
    page = scene.page(user)
    return url in page or (sheet in page and url in scene.hands.reads(user, sheet))


def extend(scene):
    scene.begin()
    if scene.tier == THREE:
        clock, user = find_clock(scene.case.case, "ARB_AWARD", proceeding=scene.case), scene.head
        url, facts = reverse("desk_act", args=[scene.case.pk, "extension"]), {"days": "10"}
    else:
        clock, user = find_clock(scene.case.case, "MED_CLOSE", proceeding=scene.case), scene.keeper
        url = reverse("turn_clock", args=[clock.pk, "extend"])
        facts = {
            "amount": "10", "both_agreed": "on", "on": scene.hands.at.date().isoformat(),
            "file": SimpleUploadedFile("延期协议.pdf", PDF),
        }  # fmt: skip
    due = clock.due_nominal
    assert linked(scene, user, clock, url)
    scene.refuses(user, url, **facts, reason="")
    if scene.tier != THREE:
        facts["file"] = SimpleUploadedFile("延期协议.pdf", PDF)
        scene.refuses(user, url, **{**facts, "both_agreed": ""}, reason="双方同意")
        facts["file"] = SimpleUploadedFile("延期协议.pdf", PDF)
    scene.hands.send(user, url, **facts, reason="案情复杂")
    clock.refresh_from_db()
    assert clock.due_nominal == due + timedelta(days=10)


def reopen(scene):
    scene.hands.way(scene.keeper, scene.case, "withdraw", reason="对方已付")
    scene.take(scene.head, "reopen", reason="对方反悔")
    assert scene.last.ordinal == 2
    assert open_titles(scene.last)


@dataclass(frozen=True)
class Verb:
    """A verb, the tiers at which it is, and at the others the article that says why not."""

    story: Callable
    tiers: tuple = TIERS
    absent: str = ""


VERBS = [
    Verb(go_back_a_step),
    Verb(
        hand_on_and_return, (ONE, TWO), "劳动人事争议仲裁办案规则第九条：受移送的仲裁委员会应当受理"
    ),
    Verb(pass_on_and_be_designated, (THREE,), "调解组织之间没有指定管辖，由上级工会决定"),
    Verb(go_to_the_tier_before, (TWO, THREE), "企业调解之前没有别的层级"),
    Verb(join_and_sever),
    Verb(recuse),
    Verb(stand_still_and_go_on),
    Verb(extend),
    Verb(reopen),
]


@pytest.mark.parametrize(
    ("verb", "tier"),
    [
        pytest.param(verb, tier, id=f"{verb.story.__name__}-{tier}")
        for verb in VERBS
        for tier in verb.tiers
    ],
)
def test_it_is_shown_done_and_refused_in_words(verb, tier, register, hands):
    verb.story(Scene(tier, register, hands))


def test_where_a_verb_is_missing_the_table_says_why():
    assert all(set(verb.tiers) == set(TIERS) or verb.absent for verb in VERBS)


def test_a_signed_application_is_decided_on_and_not_sent_back(register, hands):
    scene = Scene(THREE, register, hands)
    below = factories.make_user("below", "马静", office=register.guta, role=Role.HEAD)
    scene.case = factories.make_case(register.guta, by=below)
    hands.way(below, scene.case, "arbitrate", confirmed="on")
    there = scene.last
    hands.step(scene.keeper, there, "receive", signed_on="2026-09-07", complete="yes")
    url = reverse("hand_back", args=[scene.case.case_id])
    assert "五个工作日" in scene.refuses(scene.head, url, reason="请再调解")
    assert scene.last == there
    assert open_titles(there) == ["docket"]


def test_what_came_from_an_office_is_not_handed_on_to_it(register, hands):
    scene = Scene(TWO, register, hands)
    other = scene.other_office()
    hands.way(scene.head, scene.case, "hand_on", office=other.pk, reason="属地")
    url = reverse("hand_on", args=[scene.case.case_id])
    assert "退回" in scene.refuses(scene.there, url, office=register.guta.pk, reason="不属本区")
    assert scene.last.office == other


def test_a_case_of_the_court_is_not_reopened(register, hands):
    scene = Scene(TWO, register, hands)
    scene.hands.way(scene.keeper, scene.case, "withdraw", reason="对方已付")
    Proceeding.objects.filter(pk=scene.case.pk).update(outcome=Outcome.SETTLED)
    url = reverse("reopen", args=[scene.case.case_id])
    assert url not in scene.page(scene.head)
    assert hands.try_to_send(scene.head, url, reason="x").status_code == 403
