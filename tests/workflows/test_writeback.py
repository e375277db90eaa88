"""What outside organisations write back in a file."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from arbitration.domain import handover
from arbitration.domain.refusals import FileUnreadable
from disputes.models import Outcome
from notices.models import Notice
from offices.models import Office
from tests import factories
from tests.arbitration.acts import at, day
from tests.workflows.walking import do, open_titles
from workflows.alarms import alarm_deadlines
from workflows.writeback import take_file

pytestmark = pytest.mark.django_db

HEAD = ("我方案号", "回执日期", "对方案号", "结果", "办结日期", "金额（元）", "备注")


@pytest.fixture
def sent(register, clerk):
    """A case of the federation that went to a commission outside on 9 September."""
    Office.objects.filter(pk=register.commission.pk).update(handled_here=False)
    register.commission.refresh_from_db()
    proceeding = factories.make_case(register.commission, by=clerk, at=at(9, 8))
    do(
        proceeding, "send", handover.send_package, by=clerk, at=at(9, 9), sent_on=day(9, 9),
        contents="申请书", signed_on=day(9, 9), sharing_basis="法定职责",
    )  # fmt: skip
    return proceeding


def as_json(content):
    return SimpleUploadedFile("a.json", json.dumps(content, ensure_ascii=False).encode())


def as_workbook(*rows, head=HEAD):
    book = Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("a.xlsx", buffer.getvalue())


def row(proceeding, **facts):
    return {"our_number": proceeding.number, **facts}


def take(file, clerk, moment=at(10, 30)):
    return take_file(file, by=clerk, at=moment)


def test_receipt_number_and_outcome_come_in_one_file(sent, clerk):
    (taken,) = take(
        as_json(
            row(
                sent, receipt_on="2026-09-11", their_number="外仲7号", outcome="final_award",
                outcome_on="2026年10月28日", amount="14,600元", note="已送达",
            )
        ),
        clerk,
    )  # fmt: skip
    assert (taken.ok, taken.proceeding) == (True, sent)
    sent.refresh_from_db()
    assert (sent.outcome, sent.settled_amount) == (Outcome.FINAL_AWARD, 14600)
    assert (sent.handover.receipt_on, sent.handover.outside_number) == (day(9, 11), "外仲7号")
    assert open_titles(sent) == []


def test_they_come_one_after_the_other_from_a_workbook(sent, clerk):
    written = sent.number.replace("〔", "[").replace("〕", "]")
    take(as_workbook((written, day(9, 11), "", "", "", "", "")), clerk, at(9, 12))
    assert open_titles(sent) == ["outcome"]
    take(as_workbook((written, day(9, 11), "外仲7号", "", "", "", "")), clerk, at(9, 15))
    (taken,) = take(as_workbook((written, "", "外仲7号", "终局裁决", day(10, 28), 9000, "")), clerk)
    assert taken.ok
    sent.refresh_from_db()
    assert sent.settled_amount == 9000


def test_the_same_file_twice_changes_nothing(sent, clerk):
    facts = {"receipt_on": "2026-09-11", "their_number": "外仲7号"}
    take(as_json([row(sent, **facts)]), clerk)
    (again,) = take(as_json([row(sent, **facts)]), clerk)
    assert (again.ok, again.said) == (True, "没有新内容")


def test_one_bad_row_does_not_keep_the_others_out(sent, clerk, register):
    other = factories.make_case(register.commission, by=clerk, at=at(9, 8))
    rows = [
        row(sent, receipt_on="昨天"),
        row(other, receipt_on="2026-09-11"),
        {"our_number": "锦劳人仲〔2026〕第999号", "receipt_on": "2026-09-11"},
        row(sent),
        row(sent, receipt_on="2026-09-11", outcome="赢了"),
        row(sent, outcome="final_award", outcome_on="2026-10-28"),
        row(sent, receipt_on="2026-09-11"),
    ]
    taken = take(as_json(rows), clerk)
    assert [each.ok for each in taken] == [False] * 6 + [True]
    assert sent.handover.receipt_on == day(9, 11)


def test_a_row_is_taken_whole_or_not_at_all(sent, clerk):
    (taken,) = take(
        as_json(row(sent, receipt_on="2026-09-11", outcome="refused", outcome_on="2026-09-30",
                    amount="100")),
        clerk,
    )  # fmt: skip
    assert not taken.ok
    sent.handover.refresh_from_db()
    assert sent.handover.receipt_on is None
    assert open_titles(sent) == ["receipt"]


def test_what_differs_from_what_was_written_back_is_refused(sent, clerk):
    take(as_json(row(sent, receipt_on="2026-09-11", their_number="外仲7号")), clerk)
    for facts in ({"receipt_on": "2026-09-12"}, {"their_number": "外仲8号"}):
        (taken,) = take(as_json(row(sent, **facts)), clerk)
        assert not taken.ok


def test_another_day_or_amount_of_the_same_outcome_is_refused(sent, clerk):
    said = {"outcome": "final_award", "outcome_on": "2026-10-28", "amount": "14600"}
    whole = row(sent, receipt_on="2026-09-11", **said)
    assert take(as_json(whole), clerk)[0].ok
    assert take(as_json(whole), clerk)[0].said == "没有新内容"
    for facts in ({"amount": "16400"}, {"outcome_on": "2026-10-29"}, {"outcome": "settled"}):
        (taken,) = take(as_json(row(sent, **(said | facts))), clerk)
        assert not taken.ok
    assert sent.handover.outcome_amount == 14600


def test_nobody_writes_back_for_cases_of_others(sent, district_mediator):
    (taken,) = take(as_json(row(sent, receipt_on="2026-09-11")), district_mediator)
    assert not taken.ok
    sent.handover.refresh_from_db()
    assert sent.handover.receipt_on is None


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"[]", b"[1]", b'"a"', b"{}", b"PK\x03\x04rubbish", b"[" * 100_000, b"\xff\xfe"],
)
def test_what_is_no_answer_is_refused(sent, clerk, content):
    with pytest.raises(FileUnreadable):
        take(SimpleUploadedFile("a", content), clerk)


def test_a_workbook_without_our_number_is_refused(sent, clerk):
    with pytest.raises(FileUnreadable):
        take(as_workbook(("x",), head=("别的",)), clerk)


def test_the_page_says_what_became_of_each_row(client, sent, clerk, reporter, time_machine):
    time_machine.move_to(at(9, 12, 10))
    url = reverse("write_back")
    client.force_login(clerk)
    assert client.post(url).status_code == 422
    assert client.post(url, {"file": SimpleUploadedFile("a", b"x")}).status_code == 422
    shown = client.post(url, {"file": as_json([row(sent, receipt_on="2026-09-11"), row(sent)])})
    assert [each.ok for each in shown.context["taken"]] == [True, False]
    assert sent.number in shown.content.decode()
    assert client.get(url).status_code == 405


def test_who_files_nothing_writes_nothing_back(client, sent, leader, time_machine):
    time_machine.move_to(at(9, 12, 10))
    client.force_login(leader)
    assert client.post(reverse("write_back"), {"file": as_json([row(sent)])}).status_code == 403


def test_a_late_receipt_is_chased_at_the_desk_that_sent_the_case(sent, clerk):
    Notice.objects.all().delete()
    alarm_deadlines(at=at(9, 14))
    alarm_deadlines(at=at(9, 15))
    kinds = [Notice.Kind.DEADLINE, Notice.Kind.OVERDUE]
    told = Notice.objects.filter(recipient=clerk, kind__in=kinds)
    assert told.count() == 2
