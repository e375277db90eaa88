"""Consents taken back."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from disputes.domain import consents
from disputes.models import Consent
from tests.factories import MONDAY, make_case

Purpose = Consent.Purpose


@pytest.fixture
def case(register, enterprise_mediator):
    return make_case(
        register.enterprise, by=enterprise_mediator, consents={Purpose.NEXT_TIER: True}
    )


def given(proceeding, purpose):
    return consents.consents_in_force(proceeding.case).get(purpose=purpose)


def take_back(proceeding, consent, *, by):
    return consents.take_consent_back(
        proceeding, consent=consent, note="不再同意", at=MONDAY, by=by
    )


def test_what_is_taken_back_stays_in_the_record(case, enterprise_mediator):
    consent = given(case, Purpose.MEDIATION)
    taken = take_back(case, consent, by=enterprise_mediator)
    assert (taken.given, taken.purpose) == (False, Purpose.MEDIATION)
    assert Consent.objects.filter(pk=consent.pk, given=True).exists()
    assert not consents.consents_in_force(case.case).filter(purpose=Purpose.MEDIATION).exists()
    with pytest.raises(consents.NotInForce):
        take_back(case, consent, by=enterprise_mediator)


def test_a_case_no_longer_goes_on_by_itself(case, enterprise_mediator):
    take_back(case, given(case, Purpose.NEXT_TIER), by=enterprise_mediator)
    case.case.refresh_from_db()
    assert not case.case.goes_on_by_itself


def test_that_somebody_was_told_is_not_taken_back(case):
    found = consents.consents_in_force(case.case).values_list("purpose", flat=True)
    assert set(found) == {Purpose.PROCESSING, Purpose.MEDIATION, Purpose.NEXT_TIER}


def test_passing_data_on_is_agreed_to_and_taken_back_for_each_recipient(
    register, enterprise_mediator
):
    row = make_case(register.enterprise, by=enterprise_mediator, consents={Purpose.SHARING: True})
    kinds = consents.RECIPIENTS
    agreed = [kind for kind in kinds if consents.agreed_to_sharing(row.case, kind)]
    assert agreed == ["arbitration_commission", "court", "aid_centre"]
    court = consents.consents_of(Purpose.SHARING, cases=[row.case_id]).get(recipient="court")
    take_back(row, court, by=enterprise_mediator)
    assert not consents.agreed_to_sharing(row.case, "court")
    assert consents.agreed_to_sharing(row.case, "aid_centre")
    said = {
        "party": row.case.parties.get(kind="worker"), "recipient": "court", "note": "同意",
        "at": MONDAY, "by": enterprise_mediator,
    }  # fmt: skip
    assert consents.agree_to_sharing(row, **said).recipient_name == "法院"
    assert consents.agreed_to_sharing(row.case, "court")
    with pytest.raises(consents.AgreedAlready):
        consents.agree_to_sharing(row, **said)


def test_the_database_wants_to_know_to_whom_data_are_passed_on(case):
    worker = case.case.parties.get(kind="worker")
    with pytest.raises(IntegrityError, match="consent_to_sharing_names_whom"):
        Consent.objects.create(party=worker, purpose=Purpose.SHARING, given=True, at=MONDAY)


def test_a_consent_to_passing_data_on_is_recorded_on_the_page(client, case, enterprise_mediator):
    door = reverse("case_consents", args=[case.case_id])
    client.force_login(enterprise_mediator)
    said = {"party": case.case.parties.get(kind="worker").pk, "note": "同意"}
    assert client.post(door, said | {"recipient": "station"}).status_code == 422
    assert client.post(door, said | {"recipient": "justice_bureau"}).status_code == 302
    assert consents.agreed_to_sharing(case.case, "justice_bureau")
    assert "司法" in client.get(door).content.decode()


def test_it_is_recorded_on_a_page_by_those_who_work_on_the_case(
    client, case, enterprise_mediator, district_mediator, leader
):
    door = reverse("case_consents", args=[case.case_id])
    for person, status in ((district_mediator, 404), (leader, 403)):
        client.force_login(person)
        assert client.get(door).status_code == status
        assert client.post(door).status_code == status
    client.force_login(enterprise_mediator)
    assert "韩玉兰" not in client.get(door).content.decode()
    assert client.post(door, {"note": "x"}).status_code == 422
    consent = given(case, Purpose.NEXT_TIER)
    assert client.post(door, {"consent": consent.pk, "note": "不同意"}).status_code == 302
    assert not consents.consents_in_force(case.case).filter(purpose=Purpose.NEXT_TIER).exists()
