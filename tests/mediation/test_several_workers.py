"""An agreement with several workers who are no collective case: each signs for herself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.domain.roster import speaking
from disputes.models import Case, MemberResult
from mediation.domain import agreements, coworkers, signing
from mediation.forms import AgreementForm
from mediation.models import Agreement
from tests.disputes.rosters import rostered
from tests.mediation.acts import NEXT_MONDAY, at, hold_session, sign

SIGNED = at(9, 10).date()
LATER = at(9, 12).date()


@pytest.fixture
def three(accepted_case, district_mediator):
    """A mediation of three workers with one employer, agreed upon."""
    rostered(accepted_case, 3, by=district_mediator)
    Case.objects.filter(pk=accepted_case.case_id).update(worker_count=3)
    accepted_case.case.refresh_from_db()
    hold_session(accepted_case, by=district_mediator, result="settled")
    return accepted_case


def each(proceeding, numbers, *, by, on=SIGNED, given=True):
    return speaking.record_consents(
        proceeding, numbers=numbers, given=given, on=on, at=NEXT_MONDAY, by=by
    )


def test_it_takes_effect_with_the_last_worker(three, district_mediator):
    assert not three.case.collective
    each(three, [1, 2], by=district_mediator)
    waiting = sign(three, by=district_mediator, worker_signed_on=None)
    assert (waiting.effective_on, waiting.missing) == (None, ["worker_signed_on"])
    each(three, [3], by=district_mediator, on=LATER)
    signed = sign(three, by=district_mediator, worker_signed_on=None)
    assert (signed.worker_signed_on, signed.effective_on) == (LATER, LATER)
    assert MemberResult.objects.filter(result="settled").count() == 3


def test_one_day_does_not_stand_for_three(three, district_mediator):
    each(three, [1, 2], by=district_mediator)
    with pytest.raises(coworkers.EachWorkerSigns):
        sign(three, by=district_mediator)
    each(three, [3], by=district_mediator, on=LATER)
    with pytest.raises(coworkers.EachWorkerSigns):
        sign(three, by=district_mediator, worker_signed_on=SIGNED)
    assert not Agreement.objects.exists()


def test_without_a_roster_nobody_knows_who_signs(accepted_case, district_mediator):
    Case.objects.filter(pk=accepted_case.case_id).update(worker_count=2)
    accepted_case.case.refresh_from_db()
    with pytest.raises(coworkers.EachWorkerSigns):
        sign(accepted_case, by=district_mediator)


def test_the_database_lets_no_agreement_bind_without_each_worker(three, district_mediator):
    each(three, [1, 2], by=district_mediator)
    waiting = sign(three, by=district_mediator, worker_signed_on=None)
    rows = Agreement.objects.filter(pk=waiting.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(worker_signed_on=SIGNED, effective_on=SIGNED)
    each(three, [3], by=district_mediator, on=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(worker_signed_on=LATER - timedelta(days=1), effective_on=LATER)


def test_each_is_named_on_the_page_and_recorded_on_the_roster(client, three, district_mediator):
    sign(
        three, by=district_mediator, worker_signed_on=None, employer_signed_on=None,
        mediator_signed_on=None, sealed_on=None,
    )  # fmt: skip
    three.handler = district_mediator
    three.save()
    client.force_login(district_mediator)
    page, roster = (
        reverse("agreement_sign", args=[three.pk]),
        reverse("roster_consents", args=[three.case_id]),
    )
    shown = client.get(page)
    assert roster in shown.content.decode()
    assert [row for _name, row in shown.context["elements"]] == [None] * 6
    told = {"who": "worker", "method": "paper", "signed_on": SIGNED.isoformat()}
    assert client.post(page, told).status_code == 422
    with pytest.raises(coworkers.EachWorkerSigns):
        signing.sign(
            three, who="worker", method="paper", signed_on=SIGNED, at=NEXT_MONDAY,
            by=district_mediator,
        )  # fmt: skip
    assert "签" in client.get(roster).content.decode()
    said = {"given": "yes", "numbers": "1-3", "on": SIGNED.isoformat()}
    assert client.post(roster, said).status_code == 302
    elements = client.get(page).context["elements"]
    assert [bool(row) for _name, row in elements] == [True] * 3 + [False] * 3
    step = AgreementForm(None, proceeding=three, user=district_mediator, today=NEXT_MONDAY.date())
    assert step["worker_signed_on"].initial == SIGNED
    signing.take_back(three, at=NEXT_MONDAY, by=district_mediator)
    assert coworkers.day_of(three) is None


def test_who_does_not_sign_keeps_it_from_taking_effect(three, district_mediator):
    each(three, [1, 2], by=district_mediator)
    each(three, [3], by=district_mediator, given=False)
    sign(three, by=district_mediator, worker_signed_on=None)
    assert not agreements.is_effective(three)
