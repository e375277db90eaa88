"""With several respondents the award says, claim by claim, who bears it."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain.liability import NobodyLiable
from arbitration.forms.award import AwardForm
from arbitration.models import Liability
from disputes.models import Claim, ClaimKind, Party
from tests.arbitration.acts import bring_to, claim_facts, day, decide


@pytest.fixture
def heard(arbitration_case, arbitrator):
    proceeding = bring_to(arbitration_case, "award", arbitrator)
    Claim.objects.create(case=proceeding.case, kind=ClaimKind.OVERTIME, amount=500)
    return proceeding


@pytest.fixture
def agency(heard):
    return Party.objects.create(
        case=heard.case,
        role=Party.Role.RESPONDENT,
        kind=Party.Kind.EMPLOYER,
        name="锦北样例劳务派遣有限公司",
        capacity="agency",
    )


def liable(decision, kind):
    award = decision.awards.get(claim__kind=kind)
    return [row.party.name for row in award.liabilities.all()]


def claims_of(heard, **choices):
    return [claim_facts(claim, **choices.get(claim.kind, {})) for claim in heard.case.claims.all()]


def test_all_respondents_bear_an_award_together(heard, agency):
    decision = decide(heard)
    assert liable(decision, "wage_arrears") == ["锦北样例建筑003有限公司", agency.name]


def test_each_claim_has_its_own(heard, agency):
    chosen = claims_of(
        heard, wage_arrears={"liable": [agency]}, overtime={"supported": "none", "liable": []}
    )
    decision = decide(heard, claims=chosen)
    assert liable(decision, "wage_arrears") == [agency.name]
    assert liable(decision, "overtime") == []


def test_what_is_granted_is_borne_by_somebody(heard, agency):
    with pytest.raises(NobodyLiable) as refused:
        decide(heard, claims=claims_of(heard, wage_arrears={"liable": []}))
    assert refused.value.field.startswith("liable_")


def test_a_single_respondent_is_not_asked_about(heard):
    decide(heard)
    assert not Liability.objects.exists()


def test_the_form_asks_only_where_there_are_several(heard, arbitrator):
    def fields():
        return AwardForm(proceeding=heard, user=arbitrator, today=day(10, 12)).fields

    assert not [name for name in fields() if name.startswith("liable_")]
    Party.objects.create(
        case=heard.case, role="respondent", kind="employer", name="锦北样例劳务派遣有限公司"
    )
    assert len([name for name in fields() if name.startswith("liable_")]) == 2


def test_the_database_knows_who_can_bear_it(heard, agency):
    award = decide(heard).awards.first()
    applicant = heard.case.parties.get(role=Party.Role.APPLICANT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Liability.objects.create(award=award, party=applicant)
