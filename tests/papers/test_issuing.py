"""Numbers without gaps, what is issued, what is void."""

import hashlib

import pytest
from django.db import DatabaseError, transaction

from papers.domain import converting, issuing
from papers.domain.samples import SAMPLE
from papers.models import Paper
from papers.refusals import AlreadyVoid, FieldsMissing, NoOffice, VoidWithoutReason
from tests.factories import MONDAY
from tests.papers.documents import text_of

FACTS = {name: value for name, value in SAMPLE.items() if name not in {"文号", "机构名称"}}


@pytest.fixture(autouse=True)
def _no_office(monkeypatch):
    """LibreOffice is not asked here: papers are whole without it."""
    monkeypatch.setattr(converting, "PROGRAMS", ("no-such-program",))


def issue(office, by, code="acceptance_notice", **facts):
    return issuing.issue(code, office=office, facts={**FACTS, **facts}, at=MONDAY, by=by)


def test_papers_are_numbered_per_office_kind_and_year(register, district_mediator):
    numbers = [
        issue(office, district_mediator, code).number
        for office, code in [
            (register.guta, "acceptance_notice"),
            (register.guta, "acceptance_notice"),
            (register.linghe, "acceptance_notice"),
            (register.guta, "refusal_notice"),
        ]
    ]

    assert numbers == [
        "古塔调受〔2026〕第1号",
        "古塔调受〔2026〕第2号",
        "凌河调受〔2026〕第1号",
        "古塔调不受〔2026〕第1号",
    ]


def test_a_number_that_is_rolled_back_is_given_again(register, district_mediator):
    with transaction.atomic():
        issue(register.guta, district_mediator)
        transaction.set_rollback(True)

    assert issue(register.guta, district_mediator).serial == 1


def test_what_is_missing_is_named_and_no_number_is_used(register, district_mediator):
    with pytest.raises(FieldsMissing) as refused:
        issue(register.guta, district_mediator, 申请人=" ", 调解期限=None)

    assert "申请人、调解期限" in str(refused.value)
    assert issue(register.guta, district_mediator).serial == 1


def test_the_paper_carries_its_number_and_its_hash(register, district_mediator):
    paper = issue(register.guta, district_mediator)

    content = issuing.read(paper)
    assert paper.docx_sha256 == hashlib.sha256(content).hexdigest()
    assert "古塔调受〔2026〕第1号" in text_of(content)


def test_a_void_paper_keeps_its_number(register, district_mediator):
    paper = issuing.void(
        issue(register.guta, district_mediator),
        reason="收件人有误",
        at=MONDAY,
        by=district_mediator,
    )

    assert paper.is_void
    assert issue(register.guta, district_mediator).serial == 2
    with pytest.raises(AlreadyVoid):
        issuing.void(paper, reason="再次", at=MONDAY, by=district_mediator)


def test_nothing_is_void_without_a_reason(register, district_mediator):
    with pytest.raises(VoidWithoutReason):
        issuing.void(issue(register.guta, district_mediator), reason=" ", at=MONDAY, by=None)


@pytest.mark.parametrize("change", [{"number": "x"}, {"docx_sha256": "0" * 64}])
def test_an_issued_paper_is_not_rewritten(register, district_mediator, change):
    paper = issue(register.guta, district_mediator)

    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**change)


def test_an_issued_paper_is_not_deleted(register, district_mediator):
    issue(register.guta, district_mediator)

    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.all().delete()


def test_without_libreoffice_a_sentence_says_so(register, district_mediator):
    paper = issue(register.guta, district_mediator)

    with pytest.raises(NoOffice) as refused:
        issuing.pdf_of(paper)

    assert paper.pdf == ""
    assert "LibreOffice" in str(refused.value)


def test_a_draft_is_shown_without_a_number(register):
    content, needed, optional = issuing.draft(
        "acceptance_notice", office=register.guta, facts={"申请人": "甲"}, at=MONDAY
    )

    text = text_of(content)
    assert "〔2026〕第　号" in text
    assert "【待填：调解期限】" in text
    assert "调解期限" in needed
    assert optional == ["调解员"]
