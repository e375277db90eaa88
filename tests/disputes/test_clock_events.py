"""Turning a clock by hand: on a ground of the law, with reason and paper, by who keeps the file."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from disputes.domain import clocks, turning
from disputes.domain.evidence import add_evidence
from disputes.models import ClockEvent, Deadline, Evidence, TimelineEntry, Wall
from law.deadlines import SHANGHAI
from offices.duties import Role
from tests.disputes.test_intake_page import PDF
from tests.factories import MONDAY, make_case, make_user
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import timers

TODAY = timezone.localdate(timezone=SHANGHAI)


def ago(days):
    return TODAY - timedelta(days=days)


def paper():
    return SimpleUploadedFile("决定书.pdf", PDF)


def start(proceeding, rule, on=None, **facts):
    return clocks.start_clock(
        proceeding.case, rule, on=on or ago(5), at=MONDAY, proceeding=proceeding, **facts
    )


@pytest.fixture
def mediation(district_case):
    return start(district_case, "MED_CLOSE")


@pytest.fixture
def award(arbitration_case):
    return start(arbitration_case, "ARB_AWARD", ago(10))


def post(client, user, deadline, act, **data):
    client.force_login(user)
    data = {"reason": "双方提交书面申请", **data}
    return client.post(reverse("turn_clock", args=[deadline.pk, act]), data)


def get(client, user, deadline, act):
    client.force_login(user)
    return client.get(reverse("turn_clock", args=[deadline.pk, act]))


def suspend(client, user, deadline, **data):
    facts = {"ground": "both_parties", "both_agreed": "on", "on": ago(3), "file": paper()}
    return post(client, user, deadline, "suspend", **facts | data)


def errors_of(answer):
    assert answer.status_code == 422
    return answer.context["form"].errors


def fresh(deadline):
    return Deadline.objects.get(pk=deadline.pk)


def test_a_mediation_rests_when_both_agree_and_goes_on(client, district_mediator, mediation):
    due = mediation.due_nominal
    assert suspend(client, district_mediator, mediation).status_code == 302
    assert fresh(mediation).state == Deadline.State.SUSPENDED
    answer = post(client, district_mediator, mediation, "resume", on=ago(1))
    assert answer.status_code == 302
    row = fresh(mediation)
    assert (row.state, row.due_nominal) == (Deadline.State.RUNNING, due + timedelta(days=2))


def test_the_event_keeps_who_why_and_on_what_paper(client, district_mediator, mediation):
    suspend(client, district_mediator, mediation)
    event = ClockEvent.objects.get(deadline=mediation, kind="suspend")
    assert event.ground == "both_parties"
    assert event.reason == "双方提交书面申请"
    assert event.recorded_by == district_mediator
    assert event.evidence.name == "决定书.pdf"
    entry = TimelineEntry.objects.filter(case=mediation.case, kind="clock").latest("pk")
    assert entry.text == "双方提交书面申请"
    assert entry.proceeding == mediation.proceeding


def test_the_sheet_shows_what_happened(client, district_mediator, mediation):
    suspend(client, district_mediator, mediation)
    text = client.get(reverse("deadline", args=[mediation.pk])).content.decode()
    for said in ("双方提交书面申请", "决定书.pdf", "第二十九条"):
        assert said in text


def test_a_paper_that_is_there_already_may_be_chosen(client, district_mediator, mediation):
    kept = add_evidence(mediation.proceeding, file=paper(), at=MONDAY, by=district_mediator)
    suspend(client, district_mediator, mediation, file="", evidence=kept.pk)
    assert ClockEvent.objects.get(deadline=mediation, kind="suspend").evidence == kept
    assert Evidence.objects.count() == 1


def test_a_paper_of_another_case_may_not(client, district_mediator, register, mediation):
    other = make_case(register.linghe)
    kept = add_evidence(other, file=paper(), at=MONDAY)
    answer = suspend(client, district_mediator, mediation, file="", evidence=kept.pk)
    assert "evidence" in errors_of(answer)


def test_the_engine_stands_still_with_the_clock(
    client, enterprise_case, enterprise_mediator, enterprise_head
):
    accept(
        enterprise_case,
        mediator=enterprise_mediator,
        head=enterprise_head,
        at=timezone.now() - timedelta(days=4),
    )
    deadline = enterprise_case.deadlines.get(rule__rule_id="MED_CLOSE")
    fires = timers(enterprise_case).get().scheduled
    assert fires is not None
    suspend(client, enterprise_mediator, deadline, on=ago(2))
    assert timers(enterprise_case).get().scheduled is None
    post(client, enterprise_mediator, deadline, "resume", on=TODAY)
    assert timers(enterprise_case).get().scheduled >= fires + timedelta(days=2)


def test_mediation_is_extended_by_both_parties(client, district_mediator, mediation):
    due = mediation.due_nominal
    facts = {"on": ago(1), "amount": 10, "file": paper()}
    assert "both_agreed" in errors_of(post(client, district_mediator, mediation, "extend", **facts))
    facts["file"] = paper()
    answer = post(client, district_mediator, mediation, "extend", both_agreed="on", **facts)
    assert answer.status_code == 302
    assert fresh(mediation).due_nominal == due + timedelta(days=10)
    assert ClockEvent.objects.get(deadline=mediation, kind="extend").ground == "both_parties"


def test_platform_mediation_is_extended_once_by_fifteen_days_at_most(
    client, district_mediator, district_case
):
    deadline = start(district_case, "PLATFORM_MED_CLOSE")
    facts = {"on": ago(1), "both_agreed": "on"}
    answer = post(client, district_mediator, deadline, "extend", **facts, amount=16, file=paper())
    assert "15" in str(errors_of(answer))
    assert fresh(deadline).due_nominal == deadline.due_nominal
    assert not Evidence.objects.exists()


def test_the_mediation_of_a_rider_is_extended_no_further_although_both_agree(
    client, district_mediator, register
):
    case = make_case(register.guta, by=district_mediator, worker={"employment_form": "platform"})
    deadline = start(case, "MED_CLOSE")
    facts = {"on": ago(1), "both_agreed": "on"}
    answer = post(client, district_mediator, deadline, "extend", **facts, amount=16, file=paper())
    assert "15" in str(errors_of(answer))
    answer = post(client, district_mediator, deadline, "extend", **facts, amount=15, file=paper())
    assert answer.status_code == 302
    answer = post(client, district_mediator, deadline, "extend", **facts, amount=1, file=paper())
    assert answer.status_code == 422


def test_an_extension_after_the_end_is_refused(client, district_mediator, district_case):
    deadline = start(district_case, "MED_CLOSE", ago(40))
    answer = post(
        client,
        district_mediator,
        deadline,
        "extend",
        on=TODAY,
        amount=5,
        both_agreed="on",
        file=paper(),
    )
    assert errors_of(answer)


def test_a_letter_is_extended_with_the_approval_of_the_head(
    client, district_mediator, regional_head, other_mediator, district_case
):
    deadline = start(district_case, "LETTER_REPLY", amount=20)
    facts = {"on": ago(1), "amount": 5}
    answer = post(client, district_mediator, deadline, "extend", **facts, file=paper())
    assert "approved_by" in errors_of(answer)
    answer = post(
        client,
        district_mediator,
        deadline,
        "extend",
        **facts,
        approved_by=other_mediator.pk,
        notified_on=TODAY,
        file=paper(),
    )
    assert "approved_by" in errors_of(answer)
    answer = post(
        client,
        district_mediator,
        deadline,
        "extend",
        **facts,
        approved_by=regional_head.pk,
        notified_on=TODAY,
        file=paper(),
    )
    assert answer.status_code == 302
    event = ClockEvent.objects.get(deadline=deadline, kind="extend")
    assert (event.approved_by, event.notified_on) == (regional_head, TODAY)
    assert fresh(deadline).due_nominal == deadline.due_nominal + timedelta(days=5)


def test_the_term_of_an_award_starts_again_on_the_grounds_of_the_rules(
    client, arbitration_clerk, award
):
    codes = [
        code
        for code, _ in get(client, arbitration_clerk, award, "restart")
        .context["form"]
        .fields["ground"]
        .choices
    ]
    assert codes == ["correction", "claim_change", "counterclaim", "join_party", "transfer"]
    answer = post(client, arbitration_clerk, award, "restart", on=ago(2), ground="claim_change")
    assert answer.status_code == 302
    assert fresh(award).due_nominal == ago(2) + timedelta(days=45)


def test_an_interruption_starts_the_limitation_again(client, district_mediator, district_case):
    deadline = district_case.case.deadlines.get(rule__rule_id="LIMITATION")
    answer = post(client, district_mediator, deadline, "restart", on=ago(2), ground="promised")
    assert answer.status_code == 302
    assert fresh(deadline).due_nominal.year == ago(2).year + 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": "nonsense"}, "ground"),
        ({"ground": ""}, "ground"),
        ({"on": ""}, "on"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"on": ago(6)}, "on"),
        ({"on": "\x00"}, "on"),
        ({"reason": ""}, "reason"),
        ({"reason": "长" * 301}, "reason"),
        ({"reason": "\x00"}, "reason"),
        ({"file": ""}, "evidence"),
        ({"file": SimpleUploadedFile("x.exe", b"MZ\x90")}, "file"),
        ({"evidence": "9" * 30}, "evidence"),
        ({"both_agreed": ""}, "both_agreed"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    client, district_mediator, mediation, changes, field
):
    assert field in errors_of(suspend(client, district_mediator, mediation, **changes))
    assert fresh(mediation).state == Deadline.State.RUNNING
    assert not ClockEvent.objects.filter(deadline=mediation, kind="suspend").exists()


def test_days_that_contradict_the_log_are_refused(client, district_mediator, mediation):
    suspend(client, district_mediator, mediation, on=ago(3))
    answer = post(client, district_mediator, mediation, "resume", on=ago(4))
    assert "on" in errors_of(answer)


def test_a_clock_that_had_ended_is_not_suspended(client, district_mediator, district_case):
    deadline = start(district_case, "MED_CLOSE", ago(40))
    assert "on" in errors_of(suspend(client, district_mediator, deadline, on=TODAY))


@pytest.mark.parametrize("act", ["resume", "nonsense"])
def test_what_the_clock_cannot_do_now_is_not_offered(client, district_mediator, mediation, act):
    answer = get(client, district_mediator, mediation, act)
    assert answer.status_code == (404 if act == "nonsense" else 302)


def test_a_right_that_the_law_never_suspends_offers_nothing(district_case):
    assert turning.acts_open(start(district_case, "SUE_15")) == []
    assert turning.acts_open(start(district_case, "ARB_HEARING_NOTICE", TODAY)) == []


def test_what_ended_is_not_turned(client, district_mediator, mediation):
    clocks.stop_clock(mediation, on=TODAY, at=timezone.now())
    assert turning.acts_open(fresh(mediation)) == []
    with pytest.raises(clocks.NotRunning):
        turning.turn(
            mediation,
            "restart",
            on=TODAY,
            reason="x",
            at=timezone.now(),
            by=district_mediator,
            ground="x",
        )


def test_two_clerks_at_once_suspend_once(client, district_mediator, mediation):
    stale = fresh(mediation)
    suspend(client, district_mediator, mediation)
    with pytest.raises(turning.AlreadySuspended):
        turning.turn(
            stale,
            "suspend",
            on=TODAY,
            reason="x",
            ground="both_parties",
            evidence=Evidence.objects.get(),
            at=timezone.now(),
            by=district_mediator,
        )


def test_only_those_who_keep_the_file_turn_its_clock(
    client,
    register,
    other_mediator,
    leader,
    mediation,
    award,
    district_mediator,
    arbitrator,
    arbitration_clerk,
):
    assert get(client, other_mediator, mediation, "suspend").status_code == 404
    assert get(client, leader, mediation, "suspend").status_code == 403
    assert get(client, district_mediator, award, "suspend").status_code == 404
    assert get(client, arbitrator, award, "suspend").status_code == 404
    assert get(client, arbitration_clerk, award, "suspend").status_code == 200
    station = make_user("zhan2", "陶然", office=register.guta, role=Role.FEDERATION_CLERK)
    assert get(client, station, mediation, "suspend").status_code == 403


def test_a_wall_keeps_the_mediator_from_the_clock(client, district_mediator, mediation):
    Wall.objects.create(case=mediation.case, user=district_mediator, reason="回避", at=MONDAY)
    assert get(client, district_mediator, mediation, "suspend").status_code == 404


def test_the_sheet_offers_the_acts_to_those_who_may(client, district_mediator, leader, mediation):
    url = reverse("turn_clock", args=[mediation.pk, "suspend"])
    client.force_login(district_mediator)
    assert url in client.get(reverse("deadline", args=[mediation.pk])).content.decode()
    page = client.get(reverse("case", args=[mediation.case_id])).content.decode()
    assert f"{reverse('deadline', args=[mediation.pk])}#turn" in page
    client.force_login(leader)
    assert url not in client.get(reverse("deadline", args=[mediation.pk])).content.decode()
