"""Papers of a case: filled from it, issued, void, and read by nobody else."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from disputes.domain import case_papers
from disputes.domain.escalation import go_to_arbitration
from disputes.models import CasePaper, Fact, Tier
from disputes.papers import sources_at
from papers.domain import converting, issuing
from papers.domain.qr import draw_code
from papers.layouts import KINDS
from papers.models import Paper
from papers.refusals import FieldsMissing
from tests.disputes.rosters import rostered
from tests.factories import MONDAY, make_case
from tests.mediation.acts import accept, hold_session, sign
from tests.papers.documents import text_of

pytestmark = pytest.mark.django_db
TYPED = {"受托人": "王样例", "受托人证件号码": "210799198506150029", "受托人电话": "15400000003",
         "代理权限": "一般代理"}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_office(monkeypatch):
    monkeypatch.setattr(converting, "PROGRAMS", ())


@pytest.fixture
def accepted_case(district_case, regional_head):
    accept(district_case, by=regional_head)
    return district_case


@pytest.fixture
def worker(district_case):
    return district_case.case.parties.get(kind="worker")


def issue(proceeding, by, code="acceptance_notice", *, party=None, **typed):
    return case_papers.issue_paper(
        proceeding, code, parties=[party], typed=typed, at=MONDAY, by=by
    )[0]


def draft(proceeding, code, **facts):
    content, needed, _optional = case_papers.draft_paper(proceeding, code, at=MONDAY, **facts)
    return text_of(content), needed


def test_an_application_is_filled_from_the_case(district_case):
    text, needed = draft(district_case, "application")

    assert "韩玉兰" in text
    assert "锦北样例建筑003有限公司" in text
    assert "14,600.00" in text
    assert "壹万肆仟陆佰元整" in text
    assert needed == ["单位住所", "法定代表人"]
    assert "【待填：法定代表人】" in text


def test_papers_are_chinese_whatever_the_page_is_read_in(district_case, settings):
    from django.utils import translation

    with translation.override("en"):
        text, _needed = draft(district_case, "application")

    assert "女" in text
    assert "female" not in text


@pytest.mark.parametrize("tier", [Tier.REGIONAL, Tier.ARBITRATION])
def test_every_paper_can_be_drafted_from_an_almost_empty_case(tier, register, clerk):
    office = register.commission if tier == Tier.ARBITRATION else register.guta
    proceeding = make_case(
        office,
        by=clerk,
        worker={"address": "", "phone": "", "sex": "", "name": "阿卜杜拉·买买提㛃𬭎"},
        employer={"credit_code": "", "no_code_reason": "个人包工头"},
        claims=[],
    )

    party = proceeding.case.parties.first()
    for code in sources_at(tier):
        text, _needed = draft(proceeding, code, party=party)
        assert KINDS[code].heading in text
        for mark in ("{{", "{%", "None", "Undefined"):
            assert mark not in text, code


def test_what_is_typed_fills_and_never_replaces(district_case):
    text, _needed = draft(
        district_case, "application", typed={"法定代表人": "钱样例", "劳动者姓名": "别人"}
    )

    assert "钱样例" in text
    assert "别人" not in text


def test_what_was_typed_once_stands_on_the_next_paper(district_case, district_mediator):
    issue(district_case, district_mediator, "legal_representative",
          法定代表人="钱样例", 法定代表人职务="经理", 单位住所="演示路3号", 单位电话="15400000002")  # fmt: skip

    _text, needed = draft(district_case, "application")

    assert needed == []
    assert set(Fact.objects.values_list("name", flat=True)) == {
        "法定代表人", "法定代表人职务", "单位住所", "单位电话",
    }  # fmt: skip


def test_an_agreement_brings_its_terms_and_its_sum(accepted_case, district_mediator):
    hold_session(accepted_case, by=district_mediator, result="settled")
    sign(accepted_case, by=district_mediator)

    text, needed = draft(accepted_case, "agreement")

    assert needed == []
    assert "一、单位于 2026 年 9 月 30 日前付工资 12000 元。" in text
    assert "壹万贰仟元整" in text


def test_a_paper_that_lacks_something_is_not_issued(district_case, district_mediator):
    with pytest.raises(FieldsMissing):
        issue(district_case, district_mediator, "withdrawal")

    assert not Paper.objects.exists()
    assert not CasePaper.objects.exists()


def test_one_paper_for_each_recipient_is_numbered_in_order(accepted_case, district_mediator):
    rows = case_papers.issue_paper(
        accepted_case,
        "acceptance_notice",
        parties=accepted_case.case.parties.all(),
        at=MONDAY + timedelta(days=2),
        by=district_mediator,
    )

    assert [row.paper.serial for row in rows] == [1, 2]
    assert "韩玉兰：" in text_of(issuing.read(rows[0].paper))


def test_what_a_session_said_does_not_reach_the_commission(
    client, accepted_case, district_mediator, regional_head, arbitration_clerk
):
    hold_session(accepted_case, by=district_mediator)
    record = issue(accepted_case, district_mediator, "session_record", 回避回答="不申请")
    notice = issue(accepted_case, district_mediator, party=accepted_case.case.parties.first())
    go_to_arbitration(accepted_case, at=MONDAY + timedelta(days=7), by=regional_head)

    client.force_login(arbitration_clerk)
    assert client.get(reverse("paper", args=[record.paper_id])).status_code == 403
    assert client.get(reverse("paper_word", args=[record.paper_id])).status_code == 403
    assert client.get(reverse("paper", args=[notice.paper_id])).status_code == 200
    page = client.get(reverse("case_papers", args=[accepted_case.case_id])).content.decode()
    assert notice.paper.number in page
    assert record.paper.number not in page


def test_a_stranger_finds_no_paper(
    client, district_case, district_mediator, other_mediator, worker
):
    row = issue(district_case, district_mediator, "power_of_attorney", party=worker, **TYPED)
    client.force_login(other_mediator)
    for name in ("paper", "paper_word", "paper_pdf"):
        assert client.get(reverse(name, args=[row.paper_id])).status_code == 404
    assert client.post(reverse("paper_void", args=[row.paper_id])).status_code == 404
    assert client.get(reverse("case_papers", args=[district_case.case_id])).status_code == 404


def test_a_draft_of_another_case_is_not_shown(client, district_case, district_mediator):
    client.force_login(district_mediator)
    pages = [
        reverse("paper_draft_page", args=[district_case.case_id, name, 1])
        for name in (
            "template-0",
            f"{district_case.case_id}-unknown",
            f"{district_case.case_id}1-0",
        )
    ]
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_the_page_of_a_draft_asks_for_what_is_missing_and_issues(
    client, district_case, district_mediator, worker
):
    client.force_login(district_mediator)
    url = reverse("paper_draft", args=[district_case.case_id, "power_of_attorney"])
    page = client.get(url, {"to": worker.pk}).content.decode()
    for name in TYPED:
        assert f'name="{name}"' in page

    refused = client.post(url, {"to": worker.pk, "issue": "1", "受托人": "王样例"})
    assert refused.status_code == 422
    assert "代理权限" in refused.content.decode()

    answer = client.post(url, {"to": worker.pk, "issue": "1", **TYPED})
    row = CasePaper.objects.get()
    assert answer.url == reverse("paper", args=[row.paper_id])
    assert "王样例" in text_of(issuing.read(row.paper))
    assert row.party == worker


def test_the_code_on_a_paper_leads_to_the_page_of_its_case(
    client, district_case, district_mediator, worker
):
    client.force_login(district_mediator)
    draft_page = reverse("paper_draft", args=[district_case.case_id, "power_of_attorney"])
    client.post(draft_page, {"to": worker.pk, "issue": "1", **TYPED})

    address = f"http://testserver{reverse('case', args=[district_case.case_id])}"
    archive = zipfile.ZipFile(BytesIO(issuing.read(Paper.objects.get())))
    pictures = [archive.read(name) for name in archive.namelist() if "media/" in name]
    assert draw_code(address) in pictures
    assert client.get(address).status_code == 200


def test_a_roster_stands_on_its_annex_and_on_the_election(district_case, district_mediator):
    members = rostered(district_case, 12)
    text, needed = draft(district_case, "roster_annex", typed={"代表人名单": "三人"})
    assert needed == []
    for member in members:
        assert member.party.name in text
        assert member.party.id_number in text
    assert "2026年7月1日至2026年8月20日" in text
    total = sum(member.amount for member in members)
    assert f"{total:,.2f}" in text

    election, _needed = draft(district_case, "representatives")
    assert all(member.party.name in election for member in members)


def test_an_application_says_what_the_applicant_agreed_to(district_case):
    worker = district_case.case.parties.get(kind="worker")
    worker.consents.all().delete()
    for purpose, recipient, given in (
        ("informed", "", True), ("processing", "", True), ("sharing", "court", False),
        ("sharing", "arbitration_commission", True),
    ):  # fmt: skip
        worker.consents.create(purpose=purpose, recipient=recipient, given=given, at=MONDAY)
    text, _needed = draft(district_case, "application")

    agreed = "同意处理本人的个人信息，同意将材料提供给仲裁机构，不同意将材料提供给法院。"
    assert agreed in text


def test_a_list_is_written_row_by_row(client, district_case, district_mediator):
    client.force_login(district_mediator)
    url = reverse("paper_draft", args=[district_case.case_id, "meeting_attendance"])
    client.post(
        url,
        {
            "issue": "1",
            "会议时间": "九月十八日",
            "会议地点": "会议室",
            "签到": "人社局 | 甲\n法院|乙|庭长",
        },
    )

    text = text_of(issuing.read(Paper.objects.get()))
    for word in ("人社局", "甲", "法院", "乙", "庭长"):
        assert word in text


def test_a_word_draft_is_handed_out_without_libreoffice(client, district_case, district_mediator):
    client.force_login(district_mediator)
    url = reverse("paper_draft", args=[district_case.case_id, "withdrawal"])

    page = client.get(url).content.decode()
    answer = client.post(url, {"word": "1"})

    assert "LibreOffice" in page
    assert answer.content.startswith(b"PK")
    assert not Paper.objects.exists()


def test_a_paper_is_declared_void_on_its_page(client, district_case, district_mediator, worker):
    row = issue(district_case, district_mediator, "power_of_attorney", party=worker, **TYPED)
    client.force_login(district_mediator)
    client.post(reverse("paper_void", args=[row.paper_id]), {"reason": "受托人写错"})

    page = client.get(reverse("paper", args=[row.paper_id])).content.decode()
    assert "受托人写错" in page
    assert district_case.case.timeline.filter(text="受托人写错").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client, district_case, district_mediator, worker, count, django_assert_num_queries
):
    for _each in range(count):
        issue(district_case, district_mediator, "power_of_attorney", party=worker, **TYPED)
    client.force_login(district_mediator)
    url = reverse("case_papers", args=[district_case.case_id])
    client.get(url)

    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 13
