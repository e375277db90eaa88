"""The page on which a lawyer reads a file and gives her opinion."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEntry
from disputes.domain.escalation import escalate
from disputes.domain.evidence import add_evidence
from disputes.domain.facts import Said, state_facts
from disputes.models import ClaimKind, Level, Outcome, Party
from legal_aid.domain import reading, reviews
from legal_aid.models import Annotation, ClaimOpinion, Finding, Reading, Review
from offices.duties import Role
from tests.factories import MONDAY, make_lawyer, make_user
from tests.journeys.test_counts import queries_of
from tests.legal_aid.acts import engage
from tests.legal_aid.papers import make_pdf, size_of

pytestmark = pytest.mark.django_db
SECRET = "底线九千元"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def asked(clock, district_case, lawyer, regional_head, district_mediator):
    """A review of a case with a PDF of 20 pages, which the lawyer has taken."""
    add_evidence(district_case, file=make_pdf(20), at=MONDAY, by=district_mediator)
    review = reviews.ask_review(
        district_case, lawyer=lawyer, due_on=date(2026, 9, 14), at=MONDAY, by=regional_head
    )
    return reviews.accept(review, conflict_declared=True, at=MONDAY, by=lawyer)


@pytest.fixture
def paper(asked):
    return asked.proceeding.case.evidence.get()


def answers(review, **changed):
    claim = review.proceeding.case.claims.get().pk
    checks = ("parties", "limitation", "relationship", "amount", "jurisdiction", "pay_record")
    return {
        **{f"check_{code}": "yes" for code in checks},
        f"basis_{claim}": "《劳动合同法》第三十条",
        f"strength_{claim}": "strong",
        f"least_{claim}": "12000",
        f"most_{claim}": "14600",
        f"limitation_{claim}": "within",
        "facts": "欠付七月工资。",
        "opinion": "证据充分，建议一次付清。",
        "recommendation": "mediate",
        "risk": "low",
        "bottom_line": SECRET,
        **changed,
    }


def hand_in(client, review, **changed):
    client.force_login(review.lawyer)
    return client.post(reverse("review_submit", args=[review.pk]), answers(review, **changed))


def test_before_she_has_taken_it_the_page_is_a_brief(
    client, clock, district_case, lawyer, regional_head
):
    review = reviews.ask_review(
        district_case, lawyer=lawyer, due_on=date(2026, 9, 14), at=MONDAY, by=regional_head
    )
    client.force_login(lawyer)
    url = reverse("review", args=[review.pk])
    brief = client.get(url).text
    assert "韩玉兰" in brief
    assert "催要未果" not in brief
    for name in ("review_draft", "review_annotate"):
        assert client.post(reverse(name, args=[review.pk])).status_code == 404
    assert client.post(reverse("review_act", args=[review.pk, "accept"])).status_code == 422
    client.post(reverse("review_act", args=[review.pk, "accept"]), {"conflict_declared": "on"})
    assert "逐项请求" in client.get(url).text


def test_materials_are_unread_begun_and_read(client, asked, paper):
    client.force_login(asked.lawyer)
    url = reverse("review", args=[asked.pk])
    page = client.get(url, {"doc": paper.pk, "page": 1}).text
    assert "第 1 页，共 20 页" in page
    assert "1 份未读" in page
    client.get(url, {"doc": paper.pk, "page": 20})
    row = Reading.objects.get()
    assert (row.furthest, row.pages, row.is_done) == (20, 20, True)
    client.get(url, {"doc": paper.pk, "page": 3})
    assert Reading.objects.get().furthest == 20
    assert "0 份未读" in client.get(url).text


def test_pages_are_drawn_and_turned(client, asked, paper):
    client.force_login(asked.lawyer)
    url = reverse("review_page", args=[asked.pk, paper.pk, 20])
    upright, turned = client.get(url), client.get(url, {"turn": "90"})
    assert upright["Content-Type"] == "image/png"
    assert size_of(turned.content) == size_of(upright.content)[::-1]
    assert client.get(reverse("review_page", args=[asked.pk, paper.pk, 21])).status_code == 404
    assert client.get(reverse("review_page", args=[asked.pk, 10**9, 1])).status_code == 404
    line = AuditEntry.objects.filter(action="file").first()
    assert line.object_type == "legal_aid.review"


def test_zoom_and_turn_stand_in_the_address_and_nonsense_does_not_hurt(client, asked, paper):
    client.force_login(asked.lawyer)
    url = reverse("review", args=[asked.pk])
    text = client.get(url, {"doc": paper.pk, "page": "99", "zoom": "3", "turn": "180"}).text
    assert "is-zoom-3" in text
    assert "turn=180" in text
    assert "第 20 页" in text
    for query in ({"doc": "x", "page": "-1"}, {"zoom": "9", "turn": "45"}):
        assert client.get(url, query).status_code == 200


def test_pictures_are_shown_and_broken_files_are_not(client, asked, district_mediator):
    for name, content in (("照片.png", PICTURE), ("坏.pdf", b"%PDF-1.7 broken")):
        file = SimpleUploadedFile(name, content)
        add_evidence(asked.proceeding, file=file, at=MONDAY, by=district_mediator)
    picture, broken = asked.proceeding.case.evidence.order_by("pk")[1:]
    client.force_login(asked.lawyer)
    url = reverse("review", args=[asked.pk])
    shown = client.get(url, {"doc": picture.pk, "turn": "90"}).text
    assert "fx-turn-90" in shown
    assert "不能在此显示" in client.get(url, {"doc": broken.pk}).text
    assert client.get(reverse("review_page", args=[asked.pk, broken.pk, 1])).status_code == 404


def test_notes_are_bound_to_a_page(client, asked, paper):
    client.force_login(asked.lawyer)
    url = reverse("review_annotate", args=[asked.pk])
    sent = {"doc": paper.pk, "page": 7, "text": "约定月工资 5,350 元。", "place": "35,60"}
    answer = client.post(url, sent)
    assert f"doc={paper.pk}&page=7" in answer.url
    note = Annotation.objects.get()
    assert (note.page, note.place) == (7, "35,60")
    page = reverse("review", args=[asked.pk])
    assert "5,350" in client.get(page, {"doc": paper.pk, "page": 7}).text
    assert "5,350" not in client.get(page, {"doc": paper.pk, "page": 8}).text
    client.post(url, {"doc": paper.pk, "page": 7, "remove": note.pk})
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    ("page", "text", "refused"),
    [
        (1, " ", reading.NoteEmpty),
        (1, "长" * 1001, reading.NoteTooLong),
        (21, "x", reading.NoSuchPage),
    ],
)
def test_notes_that_cannot_be(asked, paper, page, text, refused):
    with pytest.raises(refused):
        reading.annotate(asked, paper, page=page, text=text, at=MONDAY)


def test_the_draft_is_kept_and_returns_sealed(client, asked):
    client.force_login(asked.lawyer)
    url = reverse("review_draft", args=[asked.pk])
    assert client.post(url, {"opinion": "写到一半", "bottom_line": SECRET}).status_code == 204
    assert "写到一半" in client.get(reverse("review", args=[asked.pk])).text
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM disputes_draft")
        assert SECRET not in cursor.fetchone()[0]
    assert client.post(url, {"opinion": "写完", "save": "1"}).status_code == 302


def test_the_opinion_is_handed_in_claim_by_claim(client, asked):
    answer = hand_in(client, asked)
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.submitted_at == timezone.now()
    assert Finding.objects.count() == 6
    row = ClaimOpinion.objects.get()
    assert (row.strength, row.least, row.most) == ("strong", 12000, 14600)
    assert "意见已提交" in client.get(reverse("review", args=[asked.pk])).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"check_amount": "no"}, "请说明理由"),
        ({"check_amount": ""}, "必填"),
        ({"opinion": ""}, "必填"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, asked, changed, sentence):
    answer = hand_in(client, asked, **changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    asked.refresh_from_db()
    assert asked.is_open


def test_a_range_has_two_ends_in_order(client, asked):
    claim = asked.proceeding.case.claims.get().pk
    assert "下限" in hand_in(client, asked, **{f"most_{claim}": "1"}).text
    assert "同时" in hand_in(client, asked, **{f"most_{claim}": ""}).text


def test_the_office_reads_the_opinion_and_not_the_bottom_line(
    client, asked, district_case, regional_head
):
    hand_in(client, asked)
    client.force_login(regional_head)
    hub = client.get(reverse("case_aid", args=[district_case.case_id])).text
    assert reverse("review_opinion", args=[asked.pk]) in hub
    text = client.get(reverse("review_opinion", args=[asked.pk])).text
    assert "12,000.00" in text
    assert SECRET not in text


def test_the_mediator_reads_the_opinion_and_not_the_bottom_line(
    client, asked, district_case, district_mediator
):
    district_case.handler = district_mediator
    district_case.save()
    hand_in(client, asked)
    client.force_login(district_mediator)
    text = client.get(reverse("review_opinion", args=[asked.pk])).text
    assert "证据充分" in text
    assert SECRET not in text
    assert client.get(reverse("review_return", args=[asked.pk])).status_code == 403


def test_the_next_tier_reads_nothing_of_it(
    client, asked, district_case, arbitration_clerk, commission_head, other_mediator, auditor
):
    hand_in(client, asked)
    escalate(district_case, outcome=Outcome.NOT_SETTLED, at=MONDAY + timedelta(days=1))
    for user in (arbitration_clerk, commission_head, other_mediator, auditor):
        client.force_login(user)
        assert client.get(reverse("review_opinion", args=[asked.pk])).status_code == 404
        assert client.get(reverse("review", args=[asked.pk])).status_code == 404
        case = client.get(reverse("case", args=[district_case.case_id]))
        assert SECRET not in case.text


def test_the_bottom_line_stands_in_no_log_and_no_interface(client, asked, aid_administrator):
    hand_in(client, asked)
    for line in AuditEntry.objects.all():
        assert SECRET not in str(line.changes)
    case = asked.proceeding.case
    assert SECRET not in "".join(entry.text + str(entry.facts) for entry in case.timeline.all())
    client.force_login(aid_administrator)
    assert client.get(reverse("review_opinion", args=[asked.pk])).status_code == 404
    make_lawyer(asked.lawyer)
    assert SECRET in client.get(reverse("review_opinion", args=[asked.pk])).text
    assert "bottom_line" not in client.get(reverse("schema")).text


def test_the_employers_committee_reads_the_opinion_without_the_bottom_line(
    client, clock, enterprise_case, enterprise_head, lawyer
):
    review = reviews.ask_review(
        enterprise_case, lawyer=lawyer, due_on=date(2026, 9, 14), at=MONDAY, by=enterprise_head
    )
    review = reviews.accept(review, conflict_declared=True, at=MONDAY, by=lawyer)
    hand_in(client, review)
    client.force_login(enterprise_head)
    text = client.get(reverse("review_opinion", args=[review.pk])).text
    assert "证据充分" in text
    assert SECRET not in text


def test_what_is_highly_sensitive_and_not_hers_is_not_on_her_table(
    client, asked, district_mediator, paper
):
    secret = add_evidence(
        asked.proceeding, file=make_pdf(1, "诊断.pdf"), at=MONDAY, by=district_mediator,
        level=Level.SENSITIVE,
    )  # fmt: skip
    client.force_login(
        make_user("lv9", "魏然", office=asked.lawyer.postings.get().office, role=Role.LAWYER)
    )
    for path in (
        reverse("review", args=[asked.pk]),
        reverse("review_page", args=[asked.pk, secret.pk, 1]),
        reverse("material", args=[paper.pk]),
        reverse("case", args=[asked.proceeding.case_id]),
    ):
        assert client.get(path).status_code == 404


def test_called_off_it_is_closed_to_her(client, asked):
    reviews.cancel_review(asked, at=MONDAY)
    client.force_login(asked.lawyer)
    assert client.get(reverse("review", args=[asked.pk])).status_code == 404


def test_it_is_handed_back_and_handed_in_again(client, asked, regional_head):
    hand_in(client, asked)
    client.force_login(regional_head)
    url = reverse("review_return", args=[asked.pk])
    client.post(url, {"reason": "请补充时效分析", "due_on": "2026-09-16"})
    client.force_login(asked.lawyer)
    text = client.get(reverse("review", args=[asked.pk])).text
    assert "请补充时效分析" in text
    assert "建议一次付清" in text
    assert hand_in(client, asked).status_code == 302
    assert Review.objects.get().returns.count() == 1


def test_the_head_asks_a_second_lawyer(client, asked, register, regional_head):
    hand_in(client, asked)
    other = make_user("lv2", "魏然", office=register.aid_centre, role=Role.LAWYER)
    client.force_login(regional_head)
    url = reverse("case_ask", args=[asked.proceeding.case_id])
    client.post(url, {"lawyer": other.pk, "due_on": "2026-09-15"})
    assert Review.objects.latest("pk").lawyer == other


def test_a_late_opinion_shows_to_the_office(client, clock, asked, regional_head):
    clock.shift(timedelta(days=8))
    client.force_login(regional_head)
    assert "超期" in client.get(reverse("case_aid", args=[asked.proceeding.case_id])).text


def test_beside_a_claim_stands_what_its_calculator_says_of_the_facts(
    client, asked, district_mediator
):
    claim = asked.proceeding.case.claims.get()
    claim.kind = ClaimKind.SEVERANCE
    claim.save()
    client.force_login(asked.lawyer)
    url = reverse("review", args=[asked.pk])
    assert "14,000.00" not in client.get(url).text
    said = {"入职日期": "2024-09-01", "离职日期": "2026-08-31", "平均工资": "7000.00"}
    written = {name: Said(value, Party.Kind.WORKER) for name, value in said.items()}
    state_facts(asked.proceeding, written, seen={}, at=MONDAY, by=district_mediator)
    assert "14,000.00" in client.get(url).text


def test_a_matter_that_is_taken_brings_its_review(
    clock, district_case, register, lawyer, aid_administrator
):
    row = engage(district_case.case, register, lawyer, by=aid_administrator)
    review = Review.objects.get()
    assert (review.engagement, review.accepted_at is not None) == (row, True)


def test_the_page_asks_the_same_for_one_and_three_materials(
    client, asked, paper, district_mediator
):
    client.force_login(asked.lawyer)
    url = f"{reverse('review', args=[asked.pk])}?doc={paper.pk}&page=2"
    before = queries_of(client, url)
    for number in range(2):
        add_evidence(
            asked.proceeding, file=make_pdf(1, f"{number}.pdf"), at=MONDAY, by=district_mediator
        )
    assert queries_of(client, url) == before
    assert before == 15
