"""Where the applicant goes when mediation led to nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disputes.domain.refusals import NoOfficeToGoTo, Refusal
from mediation.domain import choice
from mediation.models import ApplicantChoice
from offices.models import Office
from tests.mediation.acts import at, told

Choice = ApplicantChoice.Choice


def choose(proceeding, what, *, by, **facts):
    facts = {"on": date(2026, 9, 14), **facts}
    return choice.record_choice(proceeding, choice=what, **facts, at=at(9, 14), by=by)


def test_the_applicant_chooses_arbitration(district_case, district_mediator):
    said = choose(district_case, Choice.ARBITRATION, note="不想再等。", by=district_mediator)
    assert choice.of(district_case) == said
    assert told(district_case)[-2:] == [
        ("The applicant goes to arbitration", "all"),
        ("What the applicant said", "office"),
    ]


def test_from_the_enterprise_she_may_go_to_the_region(enterprise_case, enterprise_mediator):
    assert choose(enterprise_case, Choice.NEXT_TIER, by=enterprise_mediator).pk


def test_after_the_region_there_is_no_further_mediation(district_case, district_mediator):
    with pytest.raises(choice.NoNextTier):
        choose(district_case, Choice.NEXT_TIER, by=district_mediator)


def test_she_cannot_go_where_the_register_has_nobody(enterprise_case, enterprise_mediator):
    Office.objects.filter(tier=Office.Tier.REGIONAL).update(is_active=False)
    with pytest.raises(NoOfficeToGoTo):
        choose(enterprise_case, Choice.NEXT_TIER, by=enterprise_mediator)
    assert choose(enterprise_case, Choice.ARBITRATION, by=enterprise_mediator).pk


def test_she_chooses_once(district_case, district_mediator):
    choose(district_case, Choice.END, by=district_mediator)
    with pytest.raises(choice.AlreadyChosen):
        choose(district_case, Choice.ARBITRATION, by=district_mediator)


@pytest.mark.parametrize("day", [date(2026, 9, 15), date(2026, 9, 6)])
def test_she_chose_between_the_application_and_today(district_case, district_mediator, day):
    with pytest.raises(Refusal) as refused:
        choose(district_case, Choice.END, on=day, by=district_mediator)
    assert refused.value.field == "on"


def test_the_database_knows_the_choices(district_case, district_mediator):
    with pytest.raises(IntegrityError, match="applicant_choice_known"), transaction.atomic():
        ApplicantChoice.objects.create(
            proceeding=district_case,
            choice="wait",
            on=date(2026, 9, 14),
            at=at(9, 14),
            by=district_mediator,
        )
