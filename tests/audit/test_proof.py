"""The sheet that says who never opened a case, or when she did."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.domain.proof import prove
from audit.domain.verifying import verify
from audit.models import AuditEntry
from disputes.domain.reveals import reveal
from disputes.models import Wall
from tests.audit.test_chain import triggers_off
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def wall(district_case, other_mediator):
    return Wall.objects.create(
        case=district_case.case, user=other_mediator, reason="回避", at=MONDAY
    )


def url(case, person):
    return reverse("audit_proof", args=[case.pk, person.pk])


def test_who_never_opened_a_case_has_it_on_paper(client, auditor, district_case, other_mediator):
    client.force_login(auditor)

    page = client.get(url(district_case.case, other_mediator))

    assert page.context["proof"].never_opened
    number = district_case.case.matter_number
    assert f"赵强 从未打开过案件 {number}。" in page.text
    assert "data-print" in page.text


def test_attempts_that_were_refused_are_counted_apart(
    client, auditor, district_case, other_mediator
):
    client.force_login(other_mediator)
    client.get(reverse("case", args=[district_case.case_id]))

    found = prove(district_case.case_id, person=other_mediator, at=timezone.now())

    assert (found.never_opened, found.refusals) == (True, 1)


def test_each_opening_is_listed(client, auditor, district_case, district_mediator):
    client.force_login(district_mediator)
    client.get(reverse("case", args=[district_case.case_id]))
    client.get(reverse("cases"))
    worker = district_case.case.parties.get(kind="worker")
    client.post(reverse("party_field", args=[worker.pk, "phone"]), {"reason": "联系当事人"})
    client.post(reverse("audit_printed"), {"page": reverse("case", args=[district_case.case_id])})

    found = prove(district_case.case_id, person=district_mediator, at=timezone.now())

    assert [line.action for line in found.openings] == ["view", "reveal", "print"]
    client.force_login(auditor)
    page = client.get(url(district_case.case, district_mediator)).text
    assert "3 条记录" in page


def test_reading_a_proof_does_not_open_the_case(client, auditor, district_case, other_mediator):
    client.force_login(auditor)
    client.get(url(district_case.case, other_mediator))

    assert prove(district_case.case_id, person=auditor, at=timezone.now()).never_opened
    assert AuditEntry.objects.filter(actor=auditor, case_id=district_case.case_id).count() == 1


def test_a_sheet_says_how_far_the_log_can_be_trusted(
    client, auditor, district_case, other_mediator
):
    client.force_login(auditor)
    sheet = url(district_case.case, other_mediator)
    assert "尚未核验" in client.get(sheet).text

    from audit.domain.chain import seal_new

    seal_new()
    verify(at=timezone.now())
    assert "核验完好" in client.get(sheet).text

    with triggers_off("audit_auditentry") as cursor:
        cursor.execute(
            "UPDATE audit_auditentry SET reason = 'x' WHERE id = (SELECT min(id) FROM audit_auditentry)"
        )
    verify(at=timezone.now())
    assert "本证明无效" in client.get(sheet).text


def test_the_auditor_asks_by_number_and_name(client, auditor, district_case, other_mediator):
    client.force_login(auditor)
    ask = reverse("audit_proof_of")

    answer = client.get(ask, {"case": district_case.number, "person": "赵强"})

    assert answer.url == url(district_case.case, other_mediator)
    for words in (
        {"case": "x", "person": "赵强"},
        {"case": district_case.number, "person": "无人"},
        {"case": "", "person": ""},
    ):
        page = client.get(ask, words)
        assert page.status_code == 422
        assert "data-error-summary" in page.text


@pytest.mark.parametrize("number", [0, 10**30])
def test_a_proof_about_nothing_is_404(client, auditor, district_case, number):
    client.force_login(auditor)

    assert client.get(reverse("audit_proof", args=[number, auditor.pk])).status_code == 404
    assert (
        client.get(reverse("audit_proof", args=[district_case.case_id, number])).status_code == 404
    )


def test_the_head_who_decides_about_walls_reads_the_proof(
    client, regional_head, district_case, other_mediator, wall
):
    client.force_login(regional_head)

    page = client.get(reverse("case_proof", args=[district_case.case_id, other_mediator.pk]))

    assert page.status_code == 200
    assert "从未打开过案件" in page.text


def test_without_a_wall_there_is_no_proof_for_the_head(
    client, regional_head, district_case, other_mediator
):
    client.force_login(regional_head)

    answer = client.get(reverse("case_proof", args=[district_case.case_id, other_mediator.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("district_mediator", 403), ("other_mediator", 404), ("administrator", 404)]
)
def test_others_do_not(client, request, who, status, district_case, other_mediator, wall):
    client.force_login(request.getfixturevalue(who))

    answer = client.get(reverse("case_proof", args=[district_case.case_id, other_mediator.pk]))

    assert answer.status_code == status


def test_a_reveal_counts_as_an_opening(district_case, district_mediator, other_mediator):
    worker = district_case.case.parties.get(kind="worker")
    reveal(worker, field="phone", reason="核对", at=MONDAY, by=other_mediator)

    assert prove(district_case.case_id, person=district_mediator, at=timezone.now()).never_opened
