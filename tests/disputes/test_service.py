"""Papers reach people: what proves it, what comes back, what is mended, and who may look."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.domain import case_papers
from disputes.domain.refusals import Missing, NotYet, OutOfOrder
from disputes.domain.service import closing, correcting, many, recording
from disputes.domain.service.receipt import fill_receipt
from disputes.domain.service.refusals import (
    NoElectronicService,
    NotByThisWay,
    NothingChanged,
    NothingToCorrect,
    NotTheirHousehold,
    OnlyInPerson,
    ServedAlready,
    WitnessesMissing,
)
from disputes.models import Party, Receiver, ServedPaper, Service, ServiceMethod
from papers.domain import converting
from tests.arbitration.acts import bring_to, clock, serve
from tests.arbitration.acts import party as side
from tests.factories import MONDAY
from tests.mediation.acts import accept
from tests.papers.documents import text_of
from tests.program import send as send_json
from tests.program import version_of

pytestmark = pytest.mark.django_db
Paper, Method, State = ServedPaper, ServiceMethod, Service.State
NOON = MONDAY + timedelta(hours=3)
TODAY = NOON.date()
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
QUERIES = 5


@pytest.fixture
def worker(district_case):
    return district_case.case.parties.get(kind="worker")


@pytest.fixture
def employer(district_case):
    return district_case.case.parties.get(kind="employer")


def owe(proceeding, party, paper=Paper.ACCEPTANCE_NOTICE):
    return recording.owe(proceeding, [party], paper=paper, at=MONDAY)[0]


def prove(row, *, at=NOON, **facts):
    facts = {"method": Method.DIRECT, "served_on": TODAY, "signed": True, **facts}
    return recording.prove(row, **facts, at=at)


def day(of_month):
    return date(2026, 9, of_month)


def at(of_month):
    return MONDAY.replace(day=of_month)


# Stories.


def test_handed_over_and_signed_for_it_is_served_that_day(district_case, worker):
    row = prove(owe(district_case, worker), received_by="韩玉兰", relation=Receiver.SELF)
    assert (row.state, row.received_on) == (State.SERVED, TODAY)
    entry = district_case.case.timeline.get(verb="Paper served: %(paper)s")
    assert "韩玉兰" not in str(entry.facts)


def test_what_the_post_brings_back_is_published_at_last(district_case, employer):
    row = recording.send(
        owe(district_case, employer), method=Method.MAIL, sent_on=day(7), receipt="EMS1", at=at(7)
    )
    again = recording.come_back(row, returned_on=day(14), reason="查无此单位", at=at(14))
    row.refresh_from_db()
    assert (row.state, again.state, again.previous) == (State.RETURNED, State.DUE, row)
    with pytest.raises(Missing) as refused:
        prove(again, method=Method.PUBLIC, served_on=day(15), receipt="《锦州日报》", at=at(15))
    assert refused.value.field == "reason"
    served = prove(
        again, method=Method.PUBLIC, served_on=day(15), receipt="《锦州日报》",
        reason="邮寄退回，下落不明", at=at(15),
    )  # fmt: skip
    # 30 days of the public notice end within the holidays: 15 October.
    assert served.received_on == date(2026, 10, 15)


def test_refused_it_is_left_before_two_witnesses(district_case, employer):
    row = owe(district_case, employer)
    left = {"method": Method.LEFT, "reason": "前台拒绝签收", "signed": False}
    for witnesses in ("", "街道干部甲"):
        with pytest.raises(WitnessesMissing):
            prove(row, **left, witnesses=witnesses)
    served = prove(row, **left, witnesses="街道干部甲、邻居乙")
    assert served.received_on == day(10)


def test_a_recording_stands_for_witnesses(district_case, employer, district_mediator):
    from disputes.domain.evidence import add_evidence

    file = SimpleUploadedFile("留置.png", PNG)
    proof = add_evidence(district_case, file=file, at=NOON, by=district_mediator)
    row = owe(district_case, employer)
    served = prove(row, method=Method.LEFT, reason="拒收", proof=proof, signed=False)
    assert served.state == State.SERVED


def test_an_agent_signs_for_the_recipient_by_name(district_case, worker):
    row = owe(district_case, worker)
    with pytest.raises(Missing) as refused:
        prove(row, relation=Receiver.AGENT)
    assert refused.value.field == "received_by"
    served = prove(row, relation=Receiver.AGENT, received_by="律师王样例")
    assert served.received_by == "律师王样例"


def test_a_household_takes_papers_for_people_and_a_desk_for_units(district_case, worker, employer):
    with pytest.raises(NotTheirHousehold):
        prove(owe(district_case, worker), relation=Receiver.DESK, received_by="前台")
    with pytest.raises(NotTheirHousehold):
        prove(owe(district_case, employer), relation=Receiver.FAMILY, received_by="其妻")


def test_a_statement_is_for_the_hand_of_the_party(arbitration_case):
    worker = side(arbitration_case, "worker")
    row = owe(arbitration_case, worker, Paper.STATEMENT)
    with pytest.raises(NotByThisWay):
        prove(row, method=Method.LEFT, reason="拒收", witnesses="甲、乙")
    with pytest.raises(OnlyInPerson):
        prove(row, relation=Receiver.FAMILY, received_by="其妻")
    prove(row, relation=Receiver.NAMED, received_by="代收人王样例")


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"served_on": day(8)}, NotYet, "served_on"),
        ({"served_on": day(4)}, OutOfOrder, "served_on"),
        ({"method": ""}, Missing, "method"),
        ({"signed": False}, Missing, "receipt"),
        ({"method": Method.MAIL}, Missing, "receipt"),
        ({"method": Method.ELECTRONIC, "receipt": "x"}, NoElectronicService, "method"),
    ],
)
def test_without_proof_nothing_is_served(district_case, worker, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        prove(owe(district_case, worker), **facts)
    assert refused.value.field == field


def test_a_paper_is_served_once(district_case, worker):
    row = prove(owe(district_case, worker))
    with pytest.raises(ServedAlready):
        prove(row)
    assert recording.owe(district_case, [worker], paper=row.paper, at=NOON) == []


def test_a_mistake_is_mended_by_a_further_entry(district_case, worker):
    row = prove(owe(district_case, worker), receipt="邻居签收")
    facts = {"method": Method.DIRECT, "served_on": TODAY, "signed": True}
    with pytest.raises(NothingChanged):
        correcting.correct(row, correction="误写", receipt="邻居签收", **facts, at=NOON)
    new = correcting.correct(row, correction="误写", receipt="本人签收", **facts, at=NOON)
    row.refresh_from_db()
    assert (row.state, row.receipt) == (State.REPLACED, "邻居签收")
    assert (new.previous, new.receipt, new.correction) == (row, "本人签收", "误写")
    with pytest.raises(NothingToCorrect):
        correcting.correct(row, correction="再改", **facts, at=NOON)


def test_clocks_run_from_the_proof_and_follow_its_correction(arbitration_case, arbitrator, client,
                                                             commission_head):  # fmt: skip
    case = bring_to(arbitration_case, "serve", arbitrator)
    serve(case)
    worker = side(case, "worker")
    suit = clock(case, "SUE_15", worker)
    row = case.services.served().get(paper=Paper.AWARD, party=worker)
    assert suit.events.get(kind="start").service == row
    assert (suit.started_on, suit.due_legal) == (date(2026, 10, 13), date(2026, 10, 28))
    new = correcting.correct(
        row, correction="回证日期为12日", method=Method.DIRECT, served_on=date(2026, 10, 12),
        receipt="本人签收", at=MONDAY.replace(month=10, day=14),
    )  # fmt: skip
    suit.refresh_from_db()
    assert (suit.started_on, suit.due_legal) == (date(2026, 10, 12), date(2026, 10, 27))
    assert list(correcting.clocks_of(new)) == [suit]
    client.force_login(commission_head)
    sheet = client.get(reverse("deadline", args=[suit.pk])).content.decode()
    assert reverse("service", args=[new.pk]) in sheet


# Many at once, and papers.


def test_one_form_serves_everybody_who_is_ticked(district_case, worker, employer):
    rows = [owe(district_case, each) for each in (worker, employer)]
    done = many.prove_many(district_case, rows, method=Method.DIRECT, served_on=TODAY, at=NOON)
    assert done == 2
    assert not district_case.services.open().exists()
    assert district_case.case.timeline.filter(verb__startswith="Paper served on").count() == 1


def test_three_hundred_recipients_cost_no_more_questions(
    district_case, worker, django_assert_max_num_queries
):
    people = [
        Party(case=district_case.case, role="third", kind="worker", name=f"工人{n}").make_indexes()
        for n in range(300)
    ]
    Party.objects.bulk_create(people)
    rows = recording.owe(district_case, people, paper=Paper.ACCEPTANCE_NOTICE, at=MONDAY)
    with django_assert_max_num_queries(30):
        many.prove_many(district_case, rows, method=Method.DIRECT, served_on=TODAY, at=NOON)
    assert district_case.services.served().count() == 300


def test_an_issued_notice_stands_to_be_served_and_is_printed_filled(
    district_case, worker, district_mediator, regional_head, monkeypatch
):
    monkeypatch.setattr(converting, "PROGRAMS", ())
    accept(district_case, by=regional_head)
    case_papers.issue_paper(
        district_case, "acceptance_notice", parties=[worker], at=at(9), by=district_mediator
    )
    row = district_case.services.get()
    assert (row.paper, row.state) == (Paper.ACCEPTANCE_NOTICE, State.DUE)
    number = row.document.paper.number
    blank, needed = _receipt(district_case, worker)
    assert number in blank
    assert "直接送达" in blank
    prove(
        row, served_on=day(9), received_by="韩玉兰", relation=Receiver.SELF, server="张敏", at=at(9)
    )
    filled, needed = _receipt(district_case, worker)
    assert needed == []
    assert "2026年9月9日" in filled
    assert "张敏" in filled


def _receipt(proceeding, party):
    content, needed, _optional = case_papers.draft_paper(
        proceeding, "service_receipt", party=party, at=at(9)
    )
    return text_of(content), needed


def test_a_void_paper_is_served_no_more(district_case, worker, district_mediator, regional_head,
                                        monkeypatch):  # fmt: skip
    monkeypatch.setattr(converting, "PROGRAMS", ())
    accept(district_case, by=regional_head)
    told = {"at": at(9), "by": district_mediator}
    (row,) = case_papers.issue_paper(district_case, "acceptance_notice", parties=[worker], **told)
    case_papers.void_paper(row, reason="写错", **told)
    assert district_case.services.get().state == State.DROPPED


# What the database refuses.


@pytest.mark.parametrize(
    "facts",
    [
        {"received_on": day(6)},
        {"receipt": ""},
        {"served_on": None},
        {"state": "sent"},
        {"state": "due"},
        {"sent_on": day(8)},
        {"method": "left"},
        {"method": "left", "reason": "拒收", "witnesses": "只有一人"},
        {"method": "public", "reason": "下落不明"},
        {"paper": "statement", "method": "left", "reason": "拒收", "witnesses": "甲、乙"},
        {"paper": "award", "method": "simple"},
        {"paper": "other"},
        {"correction": "没有前一条"},
    ],
)
def test_the_database_refuses_a_service_that_proves_nothing(district_case, worker, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.create(**_row(district_case, worker) | facts)


def test_the_database_keeps_what_was_served(district_case, worker):
    row = Service.objects.create(**_row(district_case, worker))
    for change in ({"served_on": day(6)}, {"state": "due"}, {"receipt": "别的"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.create(**_row(district_case, worker))


def _row(proceeding, party):
    return {
        "case": proceeding.case,
        "proceeding": proceeding,
        "party": party,
        "paper": "acceptance_notice",
        "state": "served",
        "method": "direct",
        "served_on": day(7),
        "received_on": day(7),
        "receipt": "签收",
        "at": NOON,
    }


# The pages.


@pytest.fixture
def desk(client, district_case, district_mediator, time_machine):
    time_machine.move_to(NOON)
    client.force_login(district_mediator)
    return client


def test_the_proof_is_recorded_on_the_page_with_its_scan(desk, district_case, worker):
    row = owe(district_case, worker)
    form = desk.get(reverse("service_act", args=[row.pk, "prove"]))
    assert "民事诉讼法 89" in form.content.decode()
    body = {
        "method": "direct", "served_on": "2026-09-07", "received_by": worker.name,
        "relation": "self", "signed": "on", "copies": 1, "server": "张敏",
        "file": SimpleUploadedFile("回证.png", PNG),
    }  # fmt: skip
    answer = desk.post(reverse("service_act", args=[row.pk, "prove"]), body)
    assert answer.status_code == 302, answer.context["form"].errors
    row.refresh_from_db()
    assert (row.state, row.proof.name) == (State.SERVED, "回证.png")
    shown = desk.get(reverse("service", args=[row.pk])).content.decode()
    assert reverse("material", args=[row.proof_id]) in shown
    wrong = desk.post(reverse("service_act", args=[row.pk, "correct"]), body | {"file": ""})
    assert wrong.status_code == 422


def test_pages_of_service_unmask_nobody_and_the_receipt_names_her_all_the_same(
    desk, district_case, worker
):
    Party.objects.filter(pk=worker.pk).update(address="古塔区士英街5号")
    row = owe(district_case, worker)
    case = district_case.case_id
    pages = [
        reverse("services"),
        reverse("case_service", args=[case]),
        reverse("service", args=[row.pk]),
        *(reverse("service_act", args=[row.pk, act]) for act in ("prove", "send")),
    ]
    prove(row, relation=Receiver.SELF)
    pages.append(reverse("service_act", args=[row.pk, "correct"]))
    for page in pages:
        shown = desk.get(page).content.decode()
        assert worker.name not in shown, page
        assert "士英街" not in shown, page
    facts = fill_receipt(district_case, worker)
    assert (facts["签收人"], facts["收件人地址"]) == (worker.name, "古塔区士英街5号")


def test_a_correction_keeps_who_signed_unless_it_is_written_anew(desk, district_case, worker):
    row = prove(owe(district_case, worker), relation=Receiver.AGENT, received_by="王样例")
    body = {
        "correction": "送达人有误", "method": "direct", "served_on": "2026-09-07",
        "relation": "agent", "signed": "on", "server": "王军",
    }  # fmt: skip
    answer = desk.post(reverse("service_act", args=[row.pk, "correct"]), body)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Service.objects.get(previous=row).received_by == "王样例"


def test_a_refusal_stands_beside_its_field(desk, district_case, employer):
    row = owe(district_case, employer)
    body = {"method": "left", "served_on": "2026-09-07", "reason": "拒收", "copies": 1}
    answer = desk.post(reverse("service_act", args=[row.pk, "prove"]), body)
    assert answer.status_code == 422
    assert "witnesses" in answer.context["form"].errors


def test_one_tick_serves_what_is_handed_over(desk, district_case, worker):
    row = owe(district_case, worker)
    assert "当场交付" in desk.get(reverse("case_service", args=[row.case_id])).content.decode()
    desk.post(reverse("service_handed", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.signed, row.served_on) == (State.SERVED, True, TODAY)


def test_everybody_at_once_on_the_page(desk, district_case, worker, employer):
    rows = [owe(district_case, each) for each in (worker, employer)]
    url = reverse("case_service_many", args=[district_case.case_id])
    assert desk.get(url).content.decode().count('name="chosen"') == 2
    nobody = desk.post(url, {"method": "direct", "served_on": "2026-09-07"})
    assert nobody.status_code == 422
    desk.post(url, {"method": "direct", "served_on": "2026-09-07", "chosen": [rows[0].pk]})
    assert [row.pk for row in district_case.services.open()] == [rows[1].pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_the_desk(desk, district_case, django_assert_num_queries, count,
                              other_mediator):  # fmt: skip
    papers = [Paper.ACCEPTANCE_NOTICE, Paper.CORRECTION, Paper.CHANGED_CLAIMS][:count]
    worker = district_case.case.parties.get(kind="worker")
    for paper in papers:
        owe(district_case, worker, paper)
    desk.get(reverse("services"))
    with django_assert_num_queries(QUERIES):
        shown = desk.get(reverse("services"))
    assert len(shown.context["rows"]) == count
    desk.force_login(other_mediator)
    assert desk.get(reverse("services")).context["rows"] == []


def test_a_stranger_finds_no_service(client, district_case, worker, other_mediator, leader):
    row = owe(district_case, worker)
    pages = [
        ("get", "service", [row.pk]),
        ("get", "service_act", [row.pk, "prove"]),
        ("post", "service_handed", [row.pk]),
        ("get", "api-service", [row.pk]),
    ]
    doors = ("proof", "sending", "return", "correction")
    for person, status in ((other_mediator, 404), (leader, 403)):
        client.force_login(person)
        for method, name, keys in pages:
            assert getattr(client, method)(reverse(name, args=keys)).status_code == status, name
        for door in doors:
            assert send_json(client, f"api-service-{door}", {}, row.pk).status_code == status, door


# Programs.


def test_a_program_records_and_corrects(desk, district_case, worker):
    body = {"paper": "acceptance_notice", "party": worker.pk}
    made = send_json(desk, "api-services", body, district_case.case_id, idempotency_key="s1")
    assert made.status_code == 201, made.json()
    again = send_json(desk, "api-services", body, district_case.case_id, idempotency_key="s1")
    assert again.json() == made.json()
    key = made.json()["id"]
    facts = {"method": "direct", "served_on": "2026-09-07", "signed": True, "copies": 1}
    etag = version_of(desk, "api-service", key)
    done = send_json(desk, "api-service-proof", facts, key, if_match=etag)
    assert (done.status_code, done.json()["state"]) == (200, "served"), done.json()
    late = send_json(desk, "api-service-proof", facts, key, if_match=etag)
    assert late.status_code == 412
    mend = {**facts, "correction": "误写", "receipt": "本人签收"}
    mend.pop("copies")
    assert send_json(desk, "api-service-correction", mend, key).status_code == 428
    etag = version_of(desk, "api-service", key)
    mended = send_json(desk, "api-service-correction", mend, key, if_match=etag)
    assert mended.json()["state"] == "replaced", mended.json()
    following = desk.get(reverse("api-service", args=[mended.json()["following"]])).json()
    assert following["receipt"] == "本人签收"


def test_what_holds_a_case_open_is_told(district_case, worker):
    assert closing.all_served(district_case)
    owe(district_case, worker, Paper.FAILURE_NOTICE)
    assert not closing.all_served(district_case)
