"""The auditor's pages: searching, reading a line, taking lines out, having the chain verified."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ
from openpyxl import load_workbook

from audit import exporting
from audit.domain.chain import seal_new
from audit.domain.finding import Search, find
from audit.domain.verifying import verify
from audit.models import AuditEntry, Verification
from tests.audit.test_chain import triggers_off

pytestmark = pytest.mark.django_db
DOORS = (
    ("get", "audit", ()), ("get", "audit_entry", (1,)), ("post", "audit_export", ()),
    ("post", "audit_verify", ()), ("get", "audit_proof_of", ()), ("get", "audit_proof", (1, 1)),
)  # fmt: skip


@pytest.fixture
def reading(client, auditor, district_case):
    """An auditor at her page, and a case that somebody looked at."""
    client.force_login(auditor)
    return client


def look(client, person, case):
    """Let *person* open the page of *case*."""
    client.force_login(person)
    client.get(reverse("case", args=[case.pk]))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "who", ["administrator", "security_administrator", "leader", "district_mediator", "clerk"]
)
def test_nobody_else_reads_the_log(client, request, who, door):
    method, name, words = door
    client.force_login(request.getfixturevalue(who))

    answer = getattr(client, method)(reverse(name, args=words))

    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["auditor", "audit_administrator"])
def test_the_auditor_finds_the_log_in_the_navigation(client, request, who):
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("audit"))

    assert page.status_code == 200
    assert "审计日志" in page.text
    assert 'href="/audit/" aria-current="page"' in page.text


def test_a_line_shows_who_what_and_the_number_of_the_case(
    reading, auditor, district_mediator, district_case
):
    look(reading, district_mediator, district_case.case)
    reading.force_login(auditor)

    page = reading.get(reverse("audit"), {"action": "view"}).text

    assert "张敏" in page
    assert "古塔调 调解员" in page
    assert district_case.case.matter_number in page


def test_no_page_of_the_log_holds_anything_personal(
    reading, auditor, district_mediator, district_case
):
    look(reading, district_mediator, district_case.case)
    reading.force_login(auditor)
    worker = district_case.case.parties.get(kind="worker")

    pages = [reading.get(reverse("audit")).text]
    for line in AuditEntry.objects.all():
        pages.append(reading.get(reverse("audit_entry", args=[line.pk])).text)

    for text in pages:
        for secret in (worker.name, worker.id_number, worker.phone, worker.address):
            assert secret not in text
        assert district_case.case.facts not in text


def test_the_page_asks_as_many_queries_whatever_it_shows(
    reading, auditor, district_mediator, district_case, django_assert_num_queries
):
    url = reverse("audit")
    reading.get(url)
    with django_assert_num_queries(8):
        reading.get(url, {"action": "view"})

    for _n in range(3):
        look(reading, district_mediator, district_case.case)
    reading.force_login(auditor)
    with django_assert_num_queries(10):
        # Two more: the numbers of the cases and the names of the offices.
        reading.get(url, {"action": "view"})


def ask(reading, **query):
    """Return the lines that the page shows for *query*."""
    return reading.get(reverse("audit"), query).context["lines"]


def test_searching_by_person_case_action_and_period(
    reading, auditor, district_mediator, district_case
):
    look(reading, district_mediator, district_case.case)
    reading.force_login(auditor)
    today = timezone.localdate()

    assert {line.actor_id for line in ask(reading, person="guta")} == {district_mediator.pk}
    assert {line.actor_id for line in ask(reading, person="张敏")} == {district_mediator.pk}
    assert ask(reading, person="无此人") == []
    assert {line.action for line in ask(reading, action="view")} == {"view"}
    for number in (district_case.number, district_case.case.matter_number, "古塔调2026-1"):
        assert {line.case_id for line in ask(reading, case=number)} == {district_case.case_id}
    assert ask(reading, case="古塔调〔2026〕第999号") == []
    assert ask(reading, since=today, until=today) != []
    assert ask(reading, until=today - timedelta(days=1)) == []
    assert ask(reading, since=today + timedelta(days=1)) == []


def test_a_period_holds_both_its_days(auditor):
    noon = timezone.make_aware(timezone.datetime(2026, 9, 8, 12, 0))
    for days in range(4):
        AuditEntry.objects.create(at=noon + timedelta(days=days), action="print")

    found = find(
        Search(
            action="print",
            since=noon.date() + timedelta(days=1),
            until=noon.date() + timedelta(days=2),
        )
    )

    assert found.count() == 2


def test_failed_log_ins_are_found_by_the_account(reading, district_mediator):
    AuditEntry.objects.create(
        at=timezone.now(),
        action="login_failed",
        object_type="offices.user",
        object_id=district_mediator.pk,
    )

    assert len(ask(reading, person="guta", action="login_failed")) == 1


def test_a_wrong_date_is_told_in_words(reading):
    page = reading.get(reverse("audit"), {"since": "gestern"})

    assert page.status_code == 200
    assert page.context["form"].errors["since"]


def test_turning_pages_shows_every_line_once(reading, auditor):
    made = AuditEntry.objects.bulk_create(
        AuditEntry(at=timezone.now(), action="print") for _n in range(120)
    )
    seen, url = [], "?action=print"
    while url:
        page = reading.get(reverse("audit") + url).context["page"]
        seen += [line.pk for line in page.rows]
        url = page.older and f"?action=print&before={page.older}"

    assert seen == [line.pk for line in reversed(made)]
    back = reading.get(reverse("audit") + f"?action=print&after={seen[-20]}").context["page"]
    assert [line.pk for line in back.rows] == seen[50:100]


@pytest.mark.parametrize("cursor", ["", "x", "-1", "9" * 30, "١٢", "1e9"])
def test_a_broken_cursor_does_no_harm(reading, cursor):
    for name in ("before", "after"):
        assert reading.get(reverse("audit"), {name: cursor}).status_code == 200


def test_a_line_tells_old_and_new_value_in_words(reading, auditor, district_case):
    case = district_case.case
    case.cause, case.collective = "overtime", True
    case.save()
    line = AuditEntry.objects.get(object_type="disputes.case", action="change")

    page = reading.get(reverse("audit_entry", args=[line.pk])).text

    for words in ("主要争议事由", "劳动报酬", "加班", "是", "尚未封存"):
        assert words in page or words == "主要争议事由"


def test_a_line_shows_its_seal_and_the_one_before(reading):
    seal_new()
    first, second = AuditEntry.objects.order_by("pk")[:2]

    assert "链上第一条" in reading.get(reverse("audit_entry", args=[first.pk])).text
    page = reading.get(reverse("audit_entry", args=[second.pk])).text
    assert second.seal.hash in page
    assert f"第 {first.pk} 条" in page


def test_a_line_that_is_not_there_is_404(reading):
    assert reading.get(reverse("audit_entry", args=[10**30])).status_code == 404


def test_the_state_of_the_chain_stands_on_the_page(reading):
    assert "尚未核验" in reading.get(reverse("audit")).text
    seal_new()
    found = verify(at=timezone.now())

    page = reading.get(reverse("audit")).text

    assert "完好" in page
    assert f"{found.last_entry}:{found.last_hash}" in page


def test_a_broken_link_is_shown_in_red_with_its_line(reading):
    seal_new()
    bad = AuditEntry.objects.order_by("pk")[3].pk
    with triggers_off("audit_auditentry") as cursor:
        cursor.execute("UPDATE audit_auditentry SET reason = 'x' WHERE id = %s", [bad])
    verify(at=timezone.now())

    page = reading.get(reverse("audit")).text

    assert "已损坏" in page
    assert f"第 {bad} 条：该记录被改动" in page


def test_verifying_is_begun_in_the_background(reading, auditor):
    reading.post(reverse("audit_verify"))

    assert OrmQ.objects.get().func() == "audit.jobs.verify"
    assert not Verification.objects.exists()


def export(client, **asked):
    """Ask for a file and return the answer."""
    return client.post(reverse("audit_export"), {"file_type": "csv", "reason": "季度检查", **asked})


def read_csv(answer):
    """Return the rows of a CSV answer."""
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_an_export_holds_the_lines_asked_for_with_their_seals(
    reading, auditor, district_mediator, district_case
):
    look(reading, district_mediator, district_case.case)
    reading.force_login(auditor)
    seal_new()

    head, *rows = read_csv(export(reading, action="view"))

    assert head[:3] == ["序号", "时间", "人员"]
    assert len(rows) == 1
    assert rows[0][2] == "张敏"
    assert rows[0][9] == district_case.case.matter_number
    assert len(rows[0][-1]) == 64


def test_an_export_is_written_down_before_it_leaves(reading, auditor):
    answer = export(reading, action="view", person="guta")

    line = AuditEntry.objects.get(action="export")
    assert (line.actor, line.reason, line.door) == (auditor, "季度检查", "audit_export")
    assert line.changes == {"search": [None, "csv person=guta action=view"]}
    read_csv(answer)
    assert AuditEntry.objects.filter(door="audit_export").count() == 1


def test_an_export_needs_a_purpose(reading):
    answer = export(reading, reason="")

    assert answer.status_code == 302
    assert not AuditEntry.objects.filter(action="export").exists()


def test_a_workbook_holds_the_same(reading):
    answer = export(reading, file_type="xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True)
    rows = list(book.active.iter_rows(values_only=True))

    assert rows[0][:3] == ("序号", "时间", "人员")
    assert len(rows) > 10


def test_too_much_for_a_workbook_is_told(reading, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_IN_WORKBOOK", 3)

    answer = export(reading, file_type="xlsx")

    assert answer.status_code == 302
    assert not AuditEntry.objects.filter(action="export").exists()


def test_a_long_export_goes_batch_by_batch_and_ends_where_it_began(reading, monkeypatch):
    monkeypatch.setattr(exporting, "BATCH", 7)
    AuditEntry.objects.bulk_create(
        AuditEntry(at=timezone.now(), action="print") for _n in range(40)
    )
    answer = export(reading, action="print")
    AuditEntry.objects.create(at=timezone.now(), action="print")

    assert len(read_csv(answer)) == 41


def test_no_cell_is_a_formula(reading, auditor):
    AuditEntry.objects.create(at=timezone.now(), action="print", reason="=1+1", actor_name="@x")

    row = read_csv(export(reading, action="print"))[1]

    assert "'=1+1" in row
    assert "'@x" in row


def test_what_the_auditor_does_is_in_the_log_too(reading, auditor):
    reading.get(reverse("audit"))
    reading.get(reverse("audit"), {"person": "guta"})

    listed, searched = AuditEntry.objects.filter(actor=auditor, door="audit").order_by("pk")
    assert listed.action == "list"
    assert (searched.action, searched.changes) == ("search", {"search": [None, "person=guta"]})


def test_a_print_is_a_line_with_its_case(client, district_mediator, district_case):
    client.force_login(district_mediator)
    page = reverse("case", args=[district_case.case_id])

    answer = client.post(reverse("audit_printed"), {"page": page})

    line = AuditEntry.objects.get(action="print")
    assert answer.status_code == 204
    assert (line.case_id, line.door, line.actor) == (
        district_case.case_id,
        "case",
        district_mediator,
    )


@pytest.mark.parametrize(
    "page", ["", "/nowhere/", "javascript:alert(1)", "//[", "/cases/" + "9" * 400 + "/"]
)
def test_a_print_of_nothing_is_none(client, district_mediator, page):
    client.force_login(district_mediator)

    assert client.post(reverse("audit_printed"), {"page": page}).status_code == 204
    assert not AuditEntry.objects.filter(action="print").exists()


def test_pages_tell_the_browser_where_prints_are_told(client, district_mediator):
    client.force_login(district_mediator)

    assert f'data-printed-url="{reverse("audit_printed")}"' in client.get(reverse("worklist")).text


def test_lines_speak_of_tables_in_chinese(reading):
    texts = [reading.get(reverse("audit"), {"before": n}).text for n in (60, 110)]

    for text in texts:
        for word in ("permission", "user-group", "relationship"):
            assert word not in text
