"""A case does not close unserved, and closes by itself with the last proof."""

from datetime import timedelta

import pytest
from django.urls import reverse

from disputes.domain.service import recording
from disputes.domain.service.refusals import Unserved
from disputes.models import Case, Outcome, ServedPaper, ServiceMethod
from mediation.domain import agreements, choice, failure
from tests.factories import MONDAY
from tests.mediation.acts import agreement_facts, failure_facts
from tests.workflows.test_mediation_flow import accept, meet
from tests.workflows.walking import do, open_titles, task_of

pytestmark = pytest.mark.django_db
SIGNED = MONDAY + timedelta(days=7)


@pytest.fixture
def settled(district_case, district_mediator, regional_head):
    """A mediation that settled; the agreement is signed and nobody has a copy yet."""
    accept(district_case, mediator=district_mediator, head=regional_head)
    meet(district_case, by=district_mediator, at=MONDAY + timedelta(hours=3), result="settled")
    facts = agreement_facts(handed_over=False)
    do(district_case, "agreement", agreements.sign_agreement, by=district_mediator, at=SIGNED,
       **facts)  # fmt: skip
    return district_case


@pytest.fixture
def failed(district_case, district_mediator, regional_head):
    accept(district_case, mediator=district_mediator, head=regional_head)
    meet(district_case, by=district_mediator, at=MONDAY + timedelta(hours=3), result="failed")
    do(district_case, "failure", failure.record_failure, by=district_mediator, at=SIGNED,
       **failure_facts())  # fmt: skip
    return district_case


def test_an_agreement_in_force_waits_for_its_copies(settled, district_mediator):
    assert agreements.is_effective(settled)
    assert open_titles(settled) == ["agreement"]
    owed = list(settled.services.open().values_list("paper", "party__kind"))
    assert sorted(owed) == [("agreement", "employer"), ("agreement", "worker")]
    with pytest.raises(Unserved) as refused:
        do(settled, "agreement", agreements.sign_agreement, by=district_mediator, at=SIGNED)
    employer = settled.case.parties.get(kind="employer")
    assert employer.name in str(refused.value) or "韩*兰" in str(refused.value)
    assert refused.value.url == reverse("case_service", args=[settled.case_id])


def test_the_page_of_the_step_says_what_is_unserved_and_leads_there(
    settled, district_mediator, client, time_machine
):
    time_machine.move_to(SIGNED)
    client.force_login(district_mediator)
    step = reverse("step", args=[task_of(settled, "agreement").pk])
    answer = client.post(step, {})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "尚未送达" in shown
    assert reverse("case_service", args=[settled.case_id]) in shown
    # One tick, and the case is closed.
    assert client.post(step, {"handed_over": "on"}).status_code == 302
    settled.refresh_from_db()
    assert settled.outcome == Outcome.SETTLED


def test_the_last_proof_closes_the_case_from_the_page_of_service(
    settled, district_mediator, client, time_machine
):
    time_machine.move_to(SIGNED)
    client.force_login(district_mediator)
    first, last = settled.services.open()
    client.post(reverse("service_handed", args=[first.pk]))
    assert open_titles(settled) == ["agreement"]
    client.post(reverse("service_handed", args=[last.pk]))
    assert open_titles(settled) == []
    assert Case.objects.get(pk=settled.case_id).ended_at is not None


def test_a_copy_in_the_post_holds_the_case_until_its_slip_is_back(settled, district_mediator):
    told = {"at": SIGNED, "by": district_mediator}
    first, last = settled.services.open()
    recording.prove(
        first, method=ServiceMethod.DIRECT, served_on=SIGNED.date(), signed=True, **told
    )
    sent = recording.send(last, method=ServiceMethod.MAIL, sent_on=SIGNED.date(), **told)
    assert open_titles(settled) == ["agreement"]
    later = SIGNED + timedelta(days=3)
    recording.prove(
        sent, method=ServiceMethod.MAIL, served_on=later.date(), receipt="EMS1", at=later,
        by=district_mediator,
    )  # fmt: skip
    assert open_titles(settled) == []


def test_a_notice_that_waits_holds_the_end_but_never_the_way_to_arbitration(
    failed, district_mediator
):
    employer = failed.case.parties.get(kind="employer")
    recording.owe(failed, [employer], paper=ServedPaper.FAILURE_NOTICE, at=SIGNED)
    said = {"on": SIGNED.date(), "by": district_mediator, "at": SIGNED}
    with pytest.raises(Unserved):
        do(failed, "choice", choice.record_choice, choice="end", **said)
    assert open_titles(failed) == ["choice"]
    do(failed, "choice", choice.record_choice, choice="arbitration", **said)
    failed.refresh_from_db()
    assert failed.closed_at is not None
    assert not failed.services.open().exists()


def test_a_mailed_notice_needs_its_number(district_case, district_mediator, regional_head):
    from disputes.domain.refusals import Missing

    accept(district_case, mediator=district_mediator, head=regional_head)
    meet(district_case, by=district_mediator, at=MONDAY + timedelta(hours=3), result="failed")
    said = {"by": district_mediator, "at": SIGNED}
    with pytest.raises(Missing) as refused:
        do(district_case, "failure", failure.record_failure, **said,
           **failure_facts(notice_method="mail"))  # fmt: skip
    assert refused.value.field == "notice_receipt"
    do(district_case, "failure", failure.record_failure, **said,
       **failure_facts(notice_method="mail", notice_receipt="EMS2"))  # fmt: skip
    row = district_case.services.get(paper=ServedPaper.FAILURE_NOTICE)
    assert (row.method, row.receipt, row.state) == ("mail", "EMS2", "served")
