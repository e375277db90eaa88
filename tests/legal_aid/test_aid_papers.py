"""Papers of the legal-aid centre, filled from the record, and the archived file."""

from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from audit.models import AuditEntry
from disputes.domain.case_papers import gather
from disputes.models import Case
from disputes.papers import sources_at
from legal_aid.domain import (
    aid_papers,
    applications,
    dossier,
    enclosures,
    fund,
    refusals,
    representation,
    reviews,
)
from legal_aid.models import AidPaper, Application, Closing, Enclosure
from legal_aid.sheets import paid_in
from papers.domain import converting, issuing
from tests.factories import MONDAY
from tests.legal_aid.acts import AT, apply, engage, grant, refuse
from tests.legal_aid.papers import make_pdf, make_picture
from tests.legal_aid.test_fund import approve, ask, open_project, pay
from tests.legal_aid.test_representation import close, log
from tests.papers.documents import text_of

TODAY = MONDAY.date()
PROGRAMS = converting.PROGRAMS
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_office(monkeypatch):
    monkeypatch.setattr(converting, "PROGRAMS", ())


@pytest.fixture
def application(district_case, register, aid_administrator):
    return apply(
        district_case.case, register, by=aid_administrator, groups=["migrant"], education="初中"
    )


@pytest.fixture
def matter(district_case, register, lawyer, aid_administrator):
    return engage(district_case.case, register, lawyer, by=aid_administrator)


def issue(application, code, by):
    return aid_papers.issue(application, code, at=AT, by=by)


def read(row):
    return text_of(issuing.read(row.paper))


def test_each_paper_has_its_time(application, aid_administrator):
    assert aid_papers.due_of(application) == ["aid_application", "aid_acceptance"]
    with pytest.raises(refusals.PaperTooEarly):
        issue(application, "aid_decision", aid_administrator)
    granted = grant(application, by=aid_administrator)
    assert "aid_decision" in aid_papers.due_of(granted)
    assert "aid_refusal" not in aid_papers.due_of(granted)


def test_the_form_and_the_notice_say_what_the_record_knows(application, aid_administrator):
    text = read(issue(application, "aid_application", aid_administrator))
    for word in ("韩玉兰", "初中", "农民工", "调解中", "七月起未发工资", "法律地位"):
        assert word in text
    notice = issue(application, "aid_acceptance", aid_administrator)
    assert "受理〔2026〕第1号" in notice.paper.number
    text = read(notice)
    assert application.number in text
    assert "不迟于2026年9月14日" in text


def test_a_refusal_on_paper_has_its_reasons_and_the_remedy(application, aid_administrator, leader):
    refused = refuse(application, by=aid_administrator)
    text = read(issue(refused, "aid_refusal", aid_administrator))
    assert "不属于援助范围" in text
    assert "五日内审查" in text
    objected = applications.object_to(
        refused, objection="不服", received_on=TODAY, at=AT, by=aid_administrator
    )
    applications.decide_objection(
        objected, result="overturned", reasons="属于援助范围。", at=AT, by=leader
    )
    text = read(issue(objected, "aid_objection", aid_administrator))
    assert "属于援助范围。" in text
    assert "aid_decision" in aid_papers.due_of(Application.objects.get())


def test_the_assignment_names_the_lawyer_and_the_report_her_work(matter, lawyer, aid_administrator):
    application = matter.application
    text = read(issue(application, "aid_notice", aid_administrator))
    assert "赵宁" in text
    assert matter.lawyer.licence_number in text
    assert "韩玉兰" in read(issue(application, "aid_assignment", aid_administrator))
    log(matter, lawyer)
    close(matter, lawyer)
    text = read(issue(application, "aid_closing", aid_administrator))
    for word in ("14,600.00", "1.5", "阅卷", "调解结案。"):
        assert word in text


def test_one_of_a_kind_counts(client, clock, application, aid_administrator):
    client.force_login(aid_administrator)
    door = reverse("application_act", args=[application.pk, "paper-aid_acceptance"])
    client.post(door)
    client.post(door)
    row = AidPaper.objects.get()
    with pytest.raises(refusals.PaperIssued) as refused:
        issue(application, "aid_acceptance", aid_administrator)
    assert row.paper.number in str(refused.value)
    client.post(reverse("aid_paper_void", args=[row.paper_id]), {"reason": "日期有误"})
    client.post(door)
    assert [each.paper.is_void for each in AidPaper.objects.order_by("pk")] == [True, False]
    text = client.get(reverse("application", args=[application.pk])).text
    assert "作废" in text
    assert "法律援助受理通知书" in text


def test_the_opinion_on_paper_lacks_the_bottom_line(matter, district_case, aid_administrator):
    reviews.submit_review(
        district_case, facts="查明欠薪。", opinion="证据充分。", recommendation="mediate",
        risk="low", bottom_line="底线一万三", at=AT, by=matter.lawyer.user,
    )  # fmt: skip
    text = read(issue(matter.application, "lawyer_opinion", aid_administrator))
    assert "证据充分。" in text
    assert "一万三" not in text
    facts = gather(district_case, "lawyer_opinion", at=AT)
    assert "证据充分。" in facts["律师意见"]
    assert "一万三" not in str(facts)


def test_papers_of_aid_and_of_the_fund_are_not_typed_at_other_desks():
    for tier in (1, 2, 3):
        assert not {"aid_decision", "aid_application", "fund_payment"} & set(sources_at(tier))


def test_who_reads_which_paper(
    client, clock, matter, aid_administrator, leader, lawyer, district_mediator, accountant, auditor
):
    application = matter.application
    letter = issue(application, "aid_assignment", aid_administrator)
    decision = issue(application, "aid_decision", aid_administrator)
    doors = {row: reverse("aid_paper", args=[row.paper_id, "word"]) for row in (letter, decision)}
    both = {letter, decision}
    for user, allowed in (
        (aid_administrator, both), (leader, both), (lawyer, {letter}), (district_mediator, set()),
        (accountant, set()), (auditor, set()),
    ):  # fmt: skip
        client.force_login(user)
        for row, door in doors.items():
            assert client.get(door).status_code == (200 if row in allowed else 404), (user, row)
            void = client.post(reverse("aid_paper_void", args=[row.paper_id]), {"reason": ""})
            refused = 403 if row in allowed else 404
            assert void.status_code == (422 if user == aid_administrator else refused)
    client.force_login(lawyer)
    assert letter.paper.number in client.get(reverse("engagement", args=[matter.pk])).text
    assert AuditEntry.objects.filter(door="aid_paper", action="file").exists()
    # A seal leaves the matter to the lawyer who has it, and to nobody at her centre.
    Case.objects.filter(pk=application.case_id).update(sealed=True)
    for user, allowed in ((lawyer, {letter}), (aid_administrator, set()), (leader, set())):
        client.force_login(user)
        for row, door in doors.items():
            assert client.get(door).status_code == (200 if row in allowed else 404), (user, row)


def test_payments_and_months_have_their_papers(
    client, clock, matter, lawyer, register, aid_administrator, leader, accountant, auditor
):
    log(matter, lawyer)
    close(matter, lawyer)
    fund.set_standard(register.aid_centre, kind="subsidy", most=Decimal(1500), since=TODAY)
    project = open_project(register, accountant)
    payment = approve(ask(project, matter, aid_administrator), leader)
    client.force_login(accountant)
    for code in ("fund_application", "fund_payment"):
        client.post(reverse("payment_act", args=[payment.pk, f"paper-{code}"]))
    said = [read(row) for row in payment.papers.order_by("pk")]
    assert "每件不超过1,500.00元" in said[0]
    assert "壹仟贰佰元整" in said[1]
    for month in ("2026-09", "九月"):
        assert client.post(reverse("sheet_issue"), {"month": month}).status_code == 422
    pay(payment, accountant)
    client.post(reverse("sheet_issue"), {"month": "2026-09"})
    sheet = AidPaper.objects.get(month="2026-09-01")
    text = read(sheet)
    for word in ("2026年9月", matter.application.number, "付-001", "1,200.00"):
        assert word in text
    assert "韩玉兰" not in text
    client.force_login(auditor)
    assert sheet.paper.number in client.get(reverse("fund")).text
    door = reverse("aid_paper", args=[sheet.paper_id, "word"])
    assert client.get(door).status_code == 200
    assert client.get(reverse("sheet_issue")).status_code == 403
    Case.objects.filter(pk=matter.application.case_id).update(sealed=True)
    assert client.get(door).status_code == 404
    rows = paid_in([register.aid_centre], user=auditor, year=2026, month=9)
    with pytest.raises(refusals.PaperIssued):
        aid_papers.issue_sheet(register.aid_centre, payments=rows, month=TODAY, at=AT, by=leader)


@pytest.mark.skipif(not converting.has_office(), reason="PDF needs LibreOffice")
def test_the_archived_file_holds_every_paper_behind_its_contents(
    client, clock, monkeypatch, matter, lawyer, aid_administrator, leader, district_mediator
):
    application = matter.application
    issue(application, "aid_decision", aid_administrator)
    keep = partial(enclosures.enclose, application=application, at=AT, by=leader)
    keep(make_pdf(2, "收入证明.pdf"))
    Path(keep(make_pdf(3, "坏件.pdf")).file.path).write_bytes(b"broken")
    keep(make_picture("低保证.png"))
    log(matter, lawyer)
    closing = close(matter, lawyer)
    with pytest.raises(refusals.NotChecked):
        dossier.archive(closing, at=AT, by=aid_administrator)
    representation.check_quality(closing, quality=90, words="", at=AT, by=aid_administrator)
    monkeypatch.setattr(converting, "PROGRAMS", PROGRAMS)
    client.force_login(aid_administrator)
    client.post(reverse("application_act", args=[application.pk, "archive"]))
    closing = Closing.objects.get()
    with closing.dossier.file.open("rb") as file:
        reader = PdfReader(BytesIO(file.read()))
    pages = [page.extract_text().strip() for page in reader.pages]
    # The cover is not counted; blank scans bear nothing but their number.
    assert len(pages) == 5
    assert pages[1].endswith("1")
    assert pages[2:] == ["2", "3", "4"]
    marks = [mark.title for mark in reader.outline if not isinstance(mark, list)]
    assert marks == ["封面和目录", "援助文书", "证明材料"]
    cover = read(AidPaper.objects.get(paper__kind="aid_cover"))
    for word in ("收入证明.pdf", "给予法律援助决定书", "2-3", "电子文件另存", "归档日期"):
        assert word in cover
    text = client.get(reverse("application", args=[application.pk])).text
    assert closing.dossier.name in text
    with pytest.raises(refusals.ArchivedAlready):
        dossier.archive(closing, at=AT, by=aid_administrator)
    door = reverse("enclosure", args=[closing.dossier_id])
    assert client.get(door).status_code == 200
    for user in (lawyer, district_mediator):
        client.force_login(user)
        assert client.get(door).status_code == 404


def test_a_second_person_checks_the_first_opinion(
    client, clock, application, aid_administrator, leader
):
    def check(by):
        return applications.check_again(application, recheck="同意。", at=AT, by=by)

    with pytest.raises(refusals.NoFirstOpinion):
        check(leader)
    applications.give_opinion(application, opinion="建议援助。", at=AT, by=aid_administrator)
    with pytest.raises(refusals.CheckedByHerself):
        check(aid_administrator)
    with pytest.raises(IntegrityError, match="aid_rechecked"), transaction.atomic():
        Application.objects.update(recheck="x", recheck_by=aid_administrator)
    client.force_login(leader)
    door = reverse("application_act", args=[application.pk, "recheck"])
    assert client.post(door, {"recheck": "同意。"}).status_code == 302
    text = client.get(reverse("application", args=[application.pk])).text
    assert "复核意见" in text
    assert "同意。" in text
    # What was checked is not what stands there after a change.
    row = applications.give_opinion(application, opinion="再议。", at=AT, by=aid_administrator)
    assert row.recheck == ""


def test_a_proof_of_means_is_read_by_the_centre_and_who_received_it(
    client, clock, district_case, register, district_mediator, aid_administrator, lawyer
):
    row = apply(district_case.case, register, by=district_mediator, scan=make_pdf(1, "低保证.pdf"))
    door = reverse("enclosure", args=[Enclosure.objects.get().pk])
    for user, status in ((district_mediator, 200), (aid_administrator, 200), (lawyer, 404)):
        client.force_login(user)
        assert client.get(door).status_code == status
    client.force_login(aid_administrator)
    assert "低保证.pdf" in client.get(reverse("application", args=[row.pk])).text
