"""Back one step, to another office and back, placed from above, joined, severed, reopened."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from disputes.domain import joinders, transfers
from disputes.domain.refusals import OfficeClosed
from disputes.models import Deadline, Outcome, Proceeding, TimelineEntry, Transfer
from mediation.domain import acceptance
from offices.models import Office
from tests import factories
from tests.disputes.rosters import rostered
from tests.disputes.test_intake_page import PDF
from tests.factories import MONDAY
from tests.workflows.test_mediation_flow import accept, consult, meet
from tests.workflows.walking import do, open_tasks, open_titles, timers
from workflows import ways
from workflows.courses import withdraw
from workflows.timers import fire_due

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def accepted(district_case, district_mediator, regional_head):
    accept(district_case, mediator=district_mediator, head=regional_head)
    return district_case


@pytest.fixture
def other_head(register):
    return factories.make_user("linghezr", "钱进", office=register.linghe, role="head")


def back(proceeding, by):
    ways.step_back(proceeding, reason="材料有误", at=TUESDAY, by=by)
    proceeding.refresh_from_db()


def test_a_step_back_keeps_the_clock(accepted, district_mediator, regional_head):
    before = Deadline.objects.get(proceeding=accepted, rule__rule_id="MED_CLOSE").due_legal
    back(accepted, regional_head)
    assert open_titles(accepted) == ["appoint"]
    after = Deadline.objects.get(proceeding=accepted, rule__rule_id="MED_CLOSE")
    assert (after.due_legal, after.state) == (before, "running")
    assert timers(accepted).count() == 0


def test_after_a_step_back_mediation_is_taken_up_with_its_clock(
    accepted, district_mediator, regional_head
):
    before = timers(accepted).get().scheduled
    meet(accepted, by=district_mediator, at=MONDAY + timedelta(hours=3), result="settled")
    assert open_titles(accepted) == ["agreement"]
    back(accepted, district_mediator)
    assert open_titles(accepted) == ["mediate"]
    assert timers(accepted).get().scheduled == before
    meet(accepted, by=district_mediator, at=TUESDAY, result="failed")
    assert open_titles(accepted) == ["failure"]


def test_a_decision_is_not_undone_by_going_back(district_case, district_mediator):
    with pytest.raises(ways.NothingBefore):
        ways.step_back(district_case, reason="x", at=MONDAY, by=district_mediator)


def test_there_is_no_way_back_into_a_mediation_that_expired(accepted, district_mediator):
    fire_due(at=timers(accepted).get().scheduled)
    with pytest.raises(ways.TermOver):
        ways.step_back(accepted, reason="再谈一次", at=TUESDAY, by=district_mediator)


def test_a_case_is_handed_on_and_the_clock_runs_from_the_dispatch(
    accepted, register, regional_head
):
    there = ways.hand_on(
        accepted, office=register.linghe, reason="履行地在凌河区", at=TUESDAY, by=regional_head
    )
    accepted.refresh_from_db()
    assert (accepted.outcome, open_titles(accepted)) == (Outcome.TRANSFERRED, [])
    assert (there.office, open_titles(there)) == (register.linghe, ["examine"])
    clock = Deadline.objects.get(proceeding=there, rule__rule_id="MED_ACCEPT")
    assert clock.started_on == timezone.localdate(TUESDAY)
    assert accepted.case.ended_at is None


def test_a_case_is_returned_once_and_then_placed_from_above(
    district_case, register, regional_head, other_head, leader
):
    there = ways.hand_on(
        district_case, office=register.linghe, reason="属地", at=MONDAY, by=regional_head
    )
    again = ways.hand_back(there, reason="单位在古塔区", at=MONDAY, by=other_head)
    assert again.office == register.guta
    with pytest.raises(transfers.ReturnedBefore):
        ways.hand_on(
            again, office=register.linghe, reason="仍应由凌河办", at=MONDAY, by=regional_head
        )
    again.refresh_from_db()
    assert open_titles(again) == ["examine"]
    ways.ask_above(again, reason="两家都认为不属本区", at=MONDAY, by=regional_head)
    (told,) = leader.notices.filter(verb__contains="decide which office")
    assert told.url == reverse("place", args=[again.case_id])
    placed = ways.place(again, office=register.linghe, reason="指定", at=MONDAY, by=leader)
    with pytest.raises(transfers.Placed):
        ways.hand_back(placed, reason="不办", at=MONDAY, by=other_head)
    with pytest.raises(transfers.Placed):
        ways.ask_above(placed, reason="不办", at=MONDAY, by=other_head)
    assert Transfer.objects.count() == 3
    assert Proceeding.objects.filter(case=district_case.case, closed_at__isnull=True).count() == 1


def test_the_office_above_is_asked_and_decides_on_their_pages(
    client, district_case, register, regional_head, other_head, leader
):
    there = ways.hand_on(
        district_case, office=register.linghe, reason="属地", at=MONDAY, by=regional_head
    )
    ways.hand_back(there, reason="单位在古塔区", at=MONDAY, by=other_head)
    doors = {name: reverse(name, args=[there.case_id]) for name in ("ask_above", "place")}
    client.force_login(other_head)
    assert client.post(doors["ask_above"], {"reason": "x"}).status_code in (302, 403, 404)
    assert not leader.notices.filter(verb__contains="decide which office").exists()
    client.force_login(regional_head)
    assert client.post(doors["ask_above"], {"reason": ""}).status_code == 422
    assert client.post(doors["ask_above"], {"reason": "两家都不办"}).status_code == 302
    assert leader.notices.filter(verb__contains="decide which office").exists()
    client.force_login(leader)
    assert client.get(doors["place"]).status_code == 200
    said = {"office": register.linghe.pk, "reason": "指定管辖"}
    assert client.post(doors["place"], said).status_code == 302
    last = Proceeding.objects.filter(case=there.case).order_by("ordinal").last()
    assert last.office == register.linghe


def test_nothing_goes_back_to_an_office_that_closed(
    district_case, register, regional_head, other_head
):
    there = ways.hand_on(
        district_case, office=register.linghe, reason="属地", at=MONDAY, by=regional_head
    )
    Office.objects.filter(pk=register.guta.pk).update(is_active=False)
    there.refresh_from_db()
    with pytest.raises(OfficeClosed):
        ways.hand_back(there, reason="不属本区", at=MONDAY, by=other_head)
    there.refresh_from_db()
    assert (there.closed_at, open_titles(there)) == (None, ["examine"])
    withdraw(there, reason="已付", at=MONDAY, by=other_head)
    Office.objects.filter(pk=register.linghe.pk).update(is_active=False)
    there = Proceeding.objects.get(pk=there.pk)
    with pytest.raises(OfficeClosed):
        ways.reopen(there, reason="反悔", at=TUESDAY, by=other_head)
    there.case.refresh_from_db()
    assert there.case.ended_at


def test_a_case_nobody_sent_is_not_returned(district_case, regional_head):
    with pytest.raises(transfers.NobodySentIt):
        ways.hand_back(district_case, reason="x", at=MONDAY, by=regional_head)
    district_case.refresh_from_db()
    assert (district_case.closed_at, open_titles(district_case)) == (None, ["examine"])


def test_an_escalated_case_goes_back_to_the_tier_before(
    register, enterprise_mediator, enterprise_head, regional_head
):
    proceeding = factories.make_case(register.enterprise, consents={"next_tier": True})
    accept(proceeding, mediator=enterprise_mediator, head=enterprise_head)
    fire_due(at=timers(proceeding).get().scheduled)
    region = Proceeding.objects.get(case=proceeding.case, ordinal=2)
    at = region.opened_at + timedelta(hours=1)
    again = ways.hand_back(region, reason="材料不全", at=at, by=regional_head)
    assert (again.office, again.tier) == (register.enterprise, 1)


def test_cases_between_tiers_are_not_handed_on(district_case, register, regional_head):
    with pytest.raises(transfers.OtherTier):
        ways.hand_on(
            district_case, office=register.commission, reason="x", at=MONDAY, by=regional_head
        )


def test_a_withdrawn_case_is_reopened_where_it_ended(accepted, district_mediator, regional_head):
    withdraw(accepted, reason="已付", at=TUESDAY, by=district_mediator)
    accepted.refresh_from_db()
    again = ways.reopen(
        accepted, reason="单位反悔", at=TUESDAY + timedelta(days=3), by=regional_head
    )
    again.case.refresh_from_db()
    assert (again.case.ended_at, again.ordinal, open_titles(again)) == (None, 2, ["examine"])


def test_a_running_or_settled_case_is_not_reopened(accepted, regional_head):
    with pytest.raises(ways.NotEnded):
        ways.reopen(accepted, reason="x", at=TUESDAY, by=regional_head)


def test_withdrawing_lets_the_limitation_run_anew(accepted, district_mediator):
    withdraw(accepted, reason="已付", at=TUESDAY, by=district_mediator)
    limitation = Deadline.objects.get(case=accepted.case, rule__rule_id="LIMITATION")
    assert limitation.events.filter(kind="restart", on=timezone.localdate(TUESDAY)).exists()


def test_cases_of_one_employer_are_handled_together_and_apart_again(
    accepted, register, district_mediator, regional_head
):
    other = factories.make_case(register.guta, by=district_mediator)
    joinders.join(accepted, other=other, reason="同一单位", at=MONDAY, by=regional_head)
    other.refresh_from_db()
    assert other.handler == district_mediator
    assert joinders.joinder_of(other.case).main == accepted.case
    with pytest.raises(joinders.JoinedAlready):
        joinders.join(other, other=accepted, reason="再并", at=MONDAY, by=regional_head)
    joinders.sever(other, reason="请求不同", at=TUESDAY, by=regional_head)
    assert joinders.joinder_of(other.case) is None


def test_cases_of_other_offices_or_employers_are_not_joined(
    accepted, register, district_mediator, other_mediator, regional_head
):
    elsewhere = factories.make_case(register.linghe, by=other_mediator)
    with pytest.raises(joinders.OtherOffice):
        joinders.join(accepted, other=elsewhere, reason="x", at=MONDAY, by=regional_head)
    firm = {"name": "锦北样例食品004有限公司", "credit_code": "91210799MAD793834L"}
    foreign = factories.make_case(register.guta, employer=firm)
    with pytest.raises(joinders.OtherEmployer):
        joinders.join(accepted, other=foreign, reason="x", at=MONDAY, by=regional_head)


def offered(client, user, case):
    client.force_login(user)
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    names = ("arbitrate", "withdraw", "handler", "hand_on", "hand_back", "reopen", "place", "join")
    return {name for name in names if reverse(name, args=[case.pk]) in page}


def test_each_person_is_offered_only_what_she_may_do(
    client, district_case, district_mediator, regional_head, leader, other_mediator
):
    case = district_case.case
    assert offered(client, district_mediator, case) == {"arbitrate", "withdraw"}
    assert offered(client, regional_head, case) == {
        "arbitrate", "withdraw", "handler", "hand_on", "join",
    }  # fmt: skip
    assert offered(client, leader, case) == {"place"}
    client.force_login(other_mediator)
    for name in ("hand_on", "hand_back", "reopen", "place", "join", "sever", "step_back"):
        assert client.get(reverse(name, args=[case.pk])).status_code == 404


def test_a_case_is_handed_on_through_the_page(client, register, regional_head, district_mediator):
    proceeding = factories.make_case(register.guta, at=timezone.now(), by=district_mediator)
    client.force_login(district_mediator)
    url = reverse("hand_on", args=[proceeding.case_id])
    assert client.get(url).status_code == 403
    client.force_login(regional_head)
    assert client.post(url, {"reason": "属地"}).status_code == 422
    answer = client.post(url, {"office": register.linghe.pk, "reason": "属地"})
    assert answer.status_code == 302
    assert Transfer.objects.get().receiver.office == register.linghe


def test_cases_are_joined_by_number_and_only_those_that_one_sees(
    client, register, district_mediator, regional_head, other_mediator
):
    now = timezone.now()
    one, two = (factories.make_case(register.guta, at=now, by=district_mediator) for _ in "ab")
    foreign = factories.make_case(register.linghe, at=now, by=other_mediator)
    client.force_login(regional_head)
    url = reverse("join", args=[one.case_id])
    answer = client.post(url, {"number": foreign.number, "reason": "同一单位"})
    assert "没有找到" in answer.content.decode()
    assert client.post(url, {"number": two.number, "reason": "同一单位"}).status_code == 302


def test_going_back_is_written_for_the_office_alone(accepted, regional_head, district_mediator):
    back(accepted, regional_head)
    entry = TimelineEntry.objects.filter(proceeding=accepted).latest("pk")
    assert (entry.text, entry.reach) == ("材料有误", "office")
    assert open_tasks(accepted).count() == 1


def test_consulting_again_after_a_step_back(district_case, district_mediator):
    do(
        district_case, "examine", acceptance.examine, by=district_mediator, at=MONDAY,
        in_scope=True, complete=True,
    )  # fmt: skip
    consult(district_case, by=district_mediator, at=MONDAY, answer="none")
    assert open_titles(district_case) == ["decide"]
    back(district_case, district_mediator)
    assert open_titles(district_case) == ["consult"]


def test_a_collective_case_is_withdrawn_only_with_all_who_are_represented(
    client, register, district_mediator
):
    proceeding = factories.make_case(register.guta, by=district_mediator, worker_count=12)
    proceeding.handler = district_mediator
    proceeding.save()
    rostered(proceeding, 12, by=district_mediator)
    door = reverse("withdraw", args=[proceeding.case_id])
    client.force_login(district_mediator)

    assert client.post(door, {"reason": "代表人称已和解"}).status_code == 422
    short = {"reason": "已和解", "agreed": 11, "paper": SimpleUploadedFile("名单.pdf", PDF)}
    assert client.post(door, short).status_code == 422
    assert client.post(door, {"reason": "已和解", "agreed": 12}).status_code == 422
    whole = {"reason": "已和解", "agreed": 12, "paper": SimpleUploadedFile("名单.pdf", PDF)}
    assert client.post(door, whole).status_code == 302
    proceeding.refresh_from_db()
    assert proceeding.outcome == Outcome.WITHDRAWN
    assert proceeding.case.evidence.filter(name="名单.pdf").exists()
