"""Proof in mediation: listed once, handed to the other side, answered, and what goes further."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from arbitration.domain import package
from disputes.domain import proof
from disputes.domain.evidence import add_evidence
from disputes.domain.paper_facts import facts_of
from disputes.models import Level, Party, ProofItem, ProofOpinion, TimelineEntry
from tests.factories import MONDAY
from workflows.courses import leave_for_arbitration
from workflows.demo.materials import make_pdf

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path, time_machine):
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(MONDAY + timedelta(hours=2))


@pytest.fixture
def held(district_case, district_mediator):
    """A case at the mediator's desk with a contract from the worker, a rule from the firm."""
    district_case.handler = district_mediator
    district_case.save(update_fields=["handler"])
    bring(district_case, "劳动合同.pdf", "worker", "证明劳动关系", pages=3)
    bring(district_case, "考勤制度.pdf", "employer", "证明旷工")
    return district_case


@pytest.fixture
def desk(client, held, district_mediator):
    client.force_login(district_mediator)
    return client


def side(proceeding, kind):
    return Party.objects.get(case=proceeding.case, kind=kind)


def bring(proceeding, name, kind, purpose, **facts):
    return add_evidence(
        proceeding,
        file=ContentFile(make_pdf([name]), name=name),
        party=side(proceeding, kind),
        purpose=purpose,
        at=MONDAY,
        **facts,
    )


def act(proceeding, name):
    return reverse("case_evidence_act", args=[proceeding.case_id, name])


def listed(proceeding, *, at=MONDAY):
    """Enter everything that is known already."""
    rows = [*proof.items_ahead(proceeding), *proof.materials_ahead(proceeding)]
    lists = {}
    for row in rows:
        lists.setdefault(row.party, []).append(proof.line_of(row))
    return proof.hand_in(proceeding, lists=list(lists.items()), submitted_on=DAY, at=at)


def answer(proceeding, row, *, said="confirmed", **facts):
    doubts = dict.fromkeys(proof.DOUBTS, False)
    opinion = {"item": row, "opinion": said, **doubts, "reason": "", **facts}
    return proof.say(
        proceeding, party=side(proceeding, "employer"), opinions=[opinion], said_on=DAY, at=MONDAY
    )


def test_a_story_from_the_materials_to_what_the_other_side_says(desk, held):
    form = desk.get(act(held, "list")).context["form"]
    keys = [key for key, _words in form.fields["known"].choices]
    worker = side(held, "worker")
    desk.post(act(held, "list"), {
        "submitted_on": "2026-09-07", "known": keys, "party": worker.pk,
        "name_1": "证人王样例", "purpose_1": "证明工作时间", "is_original_1": "on",
    })  # fmt: skip
    rows = list(ProofItem.objects.values_list("party__kind", "number", "name", "pages"))
    assert rows == [
        ("worker", 1, "劳动合同.pdf", 3),
        ("worker", 2, "证人王样例", None),
        ("employer", 1, "考勤制度.pdf", 1),
    ]

    desk.post(act(held, "exchange"), {"party": worker.pk, "exchanged_on": "2026-09-07"})
    first = ProofItem.objects.first()
    desk.post(act(held, "opinion"), {
        "party": side(held, "employer").pk, "said_on": "2026-09-07", "manner": "written",
        f"opinion_{first.pk}": "disputed", f"doubts_authenticity_{first.pk}": "on",
        f"reason_{first.pk}": "签名不是本人所签",
    })  # fmt: skip

    page = desk.get(reverse("case_evidence", args=[held.case_id])).content.decode()
    for words in ("劳动合同.pdf", "签名不是本人所签", "真实性", "书面", "1-3", "证明旷工"):
        assert words in page
    preview = desk.get(reverse("material_preview", args=[first.material_id])).content.decode()
    assert "签名不是本人所签" in preview


def test_nothing_that_is_listed_is_offered_again(held):
    assert len(listed(held)) == 2
    assert [*proof.materials_ahead(held), *proof.items_ahead(held)] == []


def test_a_material_without_side_or_purpose_is_not_offered_before_it_is_completed(held):
    add_evidence(held, file=ContentFile(make_pdf(["x"]), name="照片.pdf"), at=MONDAY)
    assert proof.materials_ahead(held).count() == 2


@pytest.mark.parametrize(
    "kept", [{"level": Level.SENSITIVE}, {"reach": "office"}, {"reach": "own"}]
)
def test_what_was_given_in_confidence_reaches_no_list(held, kept):
    secret = bring(held, "底线.pdf", "worker", "让步方案")
    for name, value in kept.items():
        setattr(secret, name, value)
    secret.save()

    assert secret not in proof.materials_ahead(held)
    lists = [(side(held, "worker"), [proof.line_of(secret)])]
    with pytest.raises(proof.KeptMaterial, match="底线"):
        proof.hand_in(held, lists=lists, submitted_on=DAY, at=MONDAY)
    assert "底线" not in str(facts_of(held, today=DAY)["证据"])


def test_pages_run_on_through_the_list_of_a_side(held):
    bring(held, "工资条.pdf", "worker", "证明工资", pages=2)
    bring(held, "录音.pdf", "worker", "证明承诺", pages=1)
    listed(held)
    rows = proof.number_pages(ProofItem.objects.order_by("party", "number"))
    assert [(row.party.kind, row.span) for row in rows] == [
        ("worker", "1-3"), ("worker", "4-5"), ("worker", "6"), ("employer", "1"),
    ]  # fmt: skip


def test_the_next_tier_goes_on_from_the_lists_and_never_from_what_was_conceded(
    client, held, district_mediator, arbitration_clerk
):
    contract, _rule = listed(held)
    answer(held, contract, said="confirmed")
    leave_for_arbitration(held, at=MONDAY + timedelta(hours=1), by=district_mediator)
    heard = held.case.proceedings.order_by("ordinal").last()

    ahead = list(proof.items_ahead(heard))
    assert [row.name for row in ahead] == ["劳动合同.pdf", "考勤制度.pdf"]
    assert list(proof.materials_ahead(heard)) == []
    taken = listed(heard)
    assert [(row.name, row.pages, row.purpose) for row in taken][0] == (
        "劳动合同.pdf", 3, "证明劳动关系",
    )  # fmt: skip
    assert ProofOpinion.objects.filter(item__proceeding=heard).count() == 0
    assert list(proof.items_ahead(heard)) == []

    client.force_login(arbitration_clerk)
    page = client.get(reverse("case_evidence", args=[held.case_id])).content.decode()
    assert "劳动合同.pdf" in page
    assert "无异议" not in page
    assert client.get(act(held, "list")).status_code == 403


def test_the_package_for_the_next_tier_lists_the_proof_without_the_opinions(
    held, district_mediator
):
    contract, _rule = listed(held)
    answer(held, contract, said="disputed", doubts_legality=True, reason="取得方式不合法")
    leave_for_arbitration(held, at=MONDAY + timedelta(hours=1), by=district_mediator)
    heard = held.case.proceedings.order_by("ordinal").last()

    content = package.content_of(heard, list(held.case.evidence.all()), at=MONDAY)

    lines = content["proof"]
    assert [(row["name"], row["purpose"], row["pages"]) for row in lines] == [
        ("劳动合同.pdf", "证明劳动关系", "1-3"),
        ("考勤制度.pdf", "证明旷工", "1"),
    ]
    assert "取得方式" not in str(content)


def test_the_record_of_lists_and_opinions_stays_with_the_office(held):
    contract, _rule = listed(held)
    answer(held, contract)
    notes = TimelineEntry.objects.filter(case=held.case, kind="paper", verb__contains="proof")
    assert {row.reach for row in notes} == {"office"}


def test_who_only_reads_records_nothing(client, held, lawyer, other_mediator, regional_head):
    listed(held)
    client.force_login(other_mediator)
    for name in ("list", "exchange", "opinion"):
        assert client.get(act(held, name)).status_code == 404
    assert client.get(reverse("case_evidence", args=[held.case_id])).status_code == 404


def test_nothing_is_exchanged_before_it_is_listed(desk, held):
    for name in ("exchange", "opinion"):
        assert desk.get(act(held, name)).status_code == 302
    page = desk.get(reverse("case_evidence", args=[held.case_id]))
    assert [title for title, _url in page.context["acts"]] == ["证据清单"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_line_and_for_many(
    desk, held, count, django_assert_num_queries
):
    for number in range(count):
        bring(held, f"{number}.pdf", "worker", "证明")
    for row in listed(held):
        if row.party.kind == "worker":
            answer(held, row)
    path = reverse("case_evidence", args=[held.case_id])
    desk.get(path)
    with django_assert_num_queries(10):
        desk.get(path)
