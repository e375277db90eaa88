"""What agencies send each other: the clock runs from the dispatch on, one return at most."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from disputes.domain.consents import agree_to_sharing
from disputes.models import CaseGrant, Wall
from disputes.permissions import visible_cases
from mediation.domain import dispatches as verbs
from mediation.domain.meetings.liaisons import name_officer
from mediation.models import Dispatch, DispatchKind
from notices.models import Notice
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(MONDAY)


@pytest.fixture
def kind(labour_liaison):
    return DispatchKind.objects.create(
        name="欠薪线索移送", form="transfer", receiver="labour_bureau", template="现将线索移送。",
        receipt_days=2, answer_days=20,
    )  # fmt: skip


@pytest.fixture
def bureau(labour_liaison):
    return labour_liaison.postings.get().office


@pytest.fixture
def row(kind, bureau, coordinator, register):
    return send(kind, bureau, coordinator, register.federation)


def send(kind, receiver, by, sender, **facts):
    common = {"subject": "某工地欠薪线索", "text": "现将线索移送。", "at": MONDAY, "by": by}
    return verbs.dispatch(sender, kind=kind, receiver=receiver, **{**common, **facts})


def test_the_clock_runs_from_the_dispatch_on_in_working_days(row):
    assert (row.receipt_due, row.answer_due) == (date(2026, 9, 9), date(2026, 10, 10))
    verbs.receive(row, name="冯毅", at=MONDAY + 3 * DAY, by=None)
    row.refresh_from_db()
    assert row.answer_due == date(2026, 10, 10)


def test_receipt_and_result_come_back_and_the_sender_is_told(row, labour_liaison, coordinator):
    assert Notice.objects.filter(recipient=labour_liaison).count() == 1
    verbs.receive(row, name="冯毅", at=MONDAY, by=labour_liaison)
    with pytest.raises(verbs.NotThisStep):
        verbs.receive(row, name="冯毅", at=MONDAY, by=labour_liaison)
    verbs.answer(row, text="已补发。", at=MONDAY + DAY, by=labour_liaison)
    row.refresh_from_db()
    assert (row.state, row.answer) == ("answered", "已补发。")
    assert Notice.objects.filter(recipient=coordinator).count() == 2


def test_it_is_sent_back_once_and_the_clock_begins_anew(row, labour_liaison, coordinator):
    verbs.send_back(row, reason="缺少核算依据", at=MONDAY + DAY, by=labour_liaison)
    verbs.send_again(row, text="已补充。", at=MONDAY + 2 * DAY, by=coordinator)
    row.refresh_from_db()
    assert (row.state, row.receipt_due) == ("sent", date(2026, 9, 11))
    with pytest.raises(verbs.ReturnedBefore):
        verbs.send_back(row, reason="还是缺", at=MONDAY + 3 * DAY, by=labour_liaison)
    with pytest.raises(IntegrityError, match="dispatch_sent_back_once"), transaction.atomic():
        Dispatch.objects.update(state="returned")


def test_a_kind_without_a_result_is_done_with_its_receipt(kind, bureau, coordinator, register):
    DispatchKind.objects.update(answer_days=0)
    kind.refresh_from_db()
    row = send(kind, bureau, coordinator, register.federation)
    verbs.receive(row, name="冯毅", at=MONDAY, by=None)
    row.refresh_from_db()
    assert row.state == "answered"


def test_some_kinds_want_the_consent_of_both_and_their_own_receiver(
    kind, bureau, coordinator, register
):
    with pytest.raises(verbs.NotThisReceiver, match="labour bureau|人社|人力"):
        send(kind, register.court, coordinator, register.federation)
    DispatchKind.objects.update(needs_consent=True)
    kind.refresh_from_db()
    with pytest.raises(verbs.ConsentNeeded):
        send(kind, bureau, coordinator, register.federation)
    assert send(kind, bureau, coordinator, register.federation, consent=True).consent


def test_the_officer_is_proposed_and_b_stands_in_for_a_leaver(
    bureau, labour_liaison, coordinator, other_mediator
):
    common = {"office": bureau, "since": MONDAY.date(), "at": MONDAY, "by": coordinator}
    name_officer(rank="A", user=labour_liaison, name="冯毅", **common)
    name_officer(rank="B", user=None, name="钱进", **common)
    assert verbs.officer_of(bureau, on=MONDAY.date()).name == "冯毅"
    labour_liaison.postings.update(until=MONDAY.date())
    assert verbs.officer_of(bureau, on=MONDAY.date() + DAY).name == "钱进"


def test_a_case_goes_along_only_if_it_is_read_and_shared_and_a_wall_wins(
    kind, bureau, coordinator, regional_head, district_case, register, labour_liaison
):
    case = district_case.case
    with pytest.raises(verbs.CaseNotHers):
        send(kind, bureau, coordinator, register.federation, case=case)
    send(kind, bureau, regional_head, register.guta, case=case)
    assert not visible_cases(labour_liaison, on=MONDAY.date()).exists()
    with pytest.raises(verbs.CaseNotShared, match="人社|人力|labour"):
        send(kind, bureau, regional_head, register.guta, case=case, with_case=True)
    agree_to_sharing(
        district_case, party=case.parties.get(kind="worker"), recipient="labour_bureau", note="",
        at=MONDAY, by=regional_head,
    )  # fmt: skip
    row = send(kind, bureau, regional_head, register.guta, case=case, with_case=True)
    assert visible_cases(labour_liaison, on=MONDAY.date()).get() == case
    assert CaseGrant.objects.get().until == row.answer_due + verbs.READS_ON
    assert case.timeline.filter(verb__startswith="Sent to").count() == 2
    Wall.objects.create(case=case, user=labour_liaison, reason="亲属", at=MONDAY)
    assert not verbs.visible_dispatches(labour_liaison, on=MONDAY.date()).exists()
    verbs.send_back(row, reason="缺材料", at=MONDAY, by=None)
    assert CaseGrant.objects.get().until < MONDAY.date()


def test_what_a_wall_hides_is_not_even_counted(
    row, kind, bureau, coordinator, regional_head, district_case, register, client
):
    send(kind, bureau, regional_head, register.guta, case=district_case.case)
    today = MONDAY.date()
    assert verbs.counts_by_agency(coordinator, today=today).get()["sent"] == 2
    Wall.objects.create(case=district_case.case, user=coordinator, reason="亲属", at=MONDAY)
    assert verbs.counts_by_agency(coordinator, today=today).get()["sent"] == 1
    client.force_login(coordinator)
    assert client.get(reverse("dispatch_kinds")).context["counts"].get()["sent"] == 1


def test_what_is_late_is_told_to_both_once_a_week(row, labour_liaison, coordinator):
    assert verbs.remind(at=MONDAY + 2 * DAY) == 0
    assert [verbs.remind(at=MONDAY + n * DAY) for n in (3, 4, 10)] == [1, 0, 1]
    assert Notice.objects.filter(recipient=coordinator).count() == 2
    count = verbs.counts_by_agency(coordinator, today=MONDAY.date() + 3 * DAY).get()
    assert (count["sent"], count["open"], count["late"]) == (1, 1, 1)


def test_only_the_two_sides_know_of_it_and_only_coordinators_keep_the_kinds(
    client, row, kind, court_liaison, labour_liaison, district_mediator, coordinator
):
    address, kinds = reverse("dispatch", args=[row.pk]), reverse("dispatch_kinds")
    for user, status, keeping in (
        (court_liaison, 404, 403), (district_mediator, 403, 403), (labour_liaison, 200, 403),
        (coordinator, 200, 200),
    ):  # fmt: skip
        client.force_login(user)
        assert client.get(address).status_code == status
        assert client.get(kinds).status_code == keeping
        assert client.get(reverse("dispatch_kind", args=[kind.pk])).status_code == keeping
    client.force_login(court_liaison)
    assert row.subject not in client.get(reverse("dispatches")).content.decode()


def test_each_side_takes_its_step_on_the_page(client, row, labour_liaison, coordinator):
    address = reverse("dispatch", args=[row.pk])
    client.force_login(coordinator)
    page = client.get(address).content.decode()
    assert 'value="receive"' not in page
    assert 'value="withdraw"' in page
    client.force_login(labour_liaison)
    assert client.post(address, {"do": "back", "return_reason": ""}).status_code == 422
    assert client.post(address, {"do": "receive", "name": "冯毅"}).status_code == 302
    # Clicked twice: the second click changes nothing and says so.
    assert client.post(address, {"do": "receive", "name": "冯毅"}).status_code == 302
    assert client.post(address, {"do": "answer", "answer": "已补发。"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "answered"


def test_a_dispatch_is_written_from_its_template(client, kind, bureau, coordinator):
    client.force_login(coordinator)
    assert kind.name in client.get(reverse("dispatch_new")).content.decode()
    address = f"{reverse('dispatch_new')}?kind={kind.pk}"
    page = client.get(address).content.decode()
    assert kind.template in page
    assert "9月9日" in page
    office = coordinator.postings.get().office
    said = {"sender": office.pk, "receiver": bureau.pk, "subject": "某工地", "text": ""}
    assert client.post(address, said).status_code == 422
    assert client.post(address, said | {"text": "现移送。"}).status_code == 302
    assert Dispatch.objects.get().receipt_due == date(2026, 9, 9)


def test_a_coordinator_enters_and_changes_kinds(client, coordinator, kind):
    client.force_login(coordinator)
    said = {
        "name": "信息通报", "form": "information", "receiver": "court", "template": "现通报。",
        "receipt_days": "3", "answer_days": "0", "is_active": "on",
    }  # fmt: skip
    assert client.post(reverse("dispatch_kinds"), said | {"answer_days": "1"}).status_code == 422
    assert client.post(reverse("dispatch_kinds"), said).status_code == 302
    address = reverse("dispatch_kind", args=[kind.pk])
    assert client.post(address, said | {"name": "改名"}).status_code == 302
    assert set(DispatchKind.objects.values_list("name", flat=True)) == {"信息通报", "改名"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_of_many_as_of_one(
    client, kind, bureau, coordinator, register, count, django_assert_num_queries
):
    for _number in range(count):
        send(kind, bureau, coordinator, register.federation)
    client.force_login(coordinator)
    client.get(reverse("dispatches"))
    with django_assert_num_queries(5):
        client.get(f"{reverse('dispatches')}?box=out")


def test_the_worklist_shows_what_waits_at_the_receiver(client, row, labour_liaison, coordinator):
    client.force_login(labour_liaison)
    assert row.subject in client.get("/").content.decode()
    client.force_login(coordinator)
    assert row.subject not in client.get("/").content.decode()
    assert timezone.localdate() == MONDAY.date()
