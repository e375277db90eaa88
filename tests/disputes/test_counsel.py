"""Respondents that the law wants named, and claims that go elsewhere: on every page that asks."""

import pytest
from django.urls import reverse

from arbitration.domain import package
from disputes.domain import referrals, respondents
from disputes.domain.advice import advise
from disputes.models import Case, ClaimKind, Consent, Party, Referral
from law.respondents import CAPACITIES
from mediation.domain import acceptance
from tests.disputes.test_intake_page import written
from tests.factories import MONDAY, make_case, make_identity_number
from tests.mediation.acts import consult, examine

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def told(proceeding):
    case = proceeding.case
    return advise(case, list(case.parties.all()), list(case.claims.all()))


def add(proceeding, *, by, **facts):
    facts = {"name": "锦北样例劳务派遣有限公司", "capacity": "agency", **facts}
    return respondents.add_respondent(proceeding, **facts, at=MONDAY, by=by)


@pytest.fixture
def dispatched(register, district_mediator):
    worker = {"employment_form": "dispatch", "is_dispatched": True}
    return make_case(register.guta, by=district_mediator, worker=worker)


@pytest.fixture
def over_age(register, district_mediator):
    worker = {"id_number": make_identity_number(3, born="19580101"), "sex": "m"}
    claims = [{"kind": ClaimKind.WAGE_ARREARS}, {"kind": ClaimKind.SEVERANCE}]
    return make_case(register.guta, by=district_mediator, worker=worker, claims=claims)


def test_a_gap_closes_when_both_are_named(dispatched, district_mediator):
    (gap,) = told(dispatched).gaps
    assert gap.capacities == ("agency", "user")
    employer = dispatched.case.parties.get(role=Party.Role.RESPONDENT)
    respondents.describe(
        dispatched, party=employer, capacity="user", licence="", at=MONDAY, by=district_mediator
    )
    assert told(dispatched).gaps[0].capacities == ("agency",)
    other = add(dispatched, by=district_mediator, agrees=True)
    assert told(dispatched).gaps == []
    assert other.consents.get(purpose=Consent.Purpose.MEDIATION).given


def test_nobody_is_named_twice(dispatched, district_mediator):
    add(dispatched, by=district_mediator)
    with pytest.raises(respondents.NamedBefore):
        add(dispatched, by=district_mediator)


def test_after_docketing_the_desk_adds_parties(dispatched, district_mediator, register):
    docketed = make_case(register.commission)
    docketed.accepted_on = TODAY
    docketed.save(update_fields=["accepted_on"])
    with pytest.raises(respondents.AtTheDesk):
        add(docketed, by=district_mediator)


def test_the_pages_warn_with_the_article(client, dispatched, district_mediator):
    client.force_login(district_mediator)
    case = reverse("case", args=[dispatched.case_id])
    assert "第二十二条" in client.get(case).content.decode()
    step = dispatched.course.process.task_set.get(flow_task_type="HUMAN")
    assert "第二十二条" in client.get(reverse("step", args=[step.pk])).content.decode()


def test_at_intake_the_margin_warns_and_the_other_is_filed(client, district_mediator):
    client.force_login(district_mediator)
    margin = reverse("intake_check", args=["margin"])
    values = written(employment_form="dispatch", capacity="user")
    assert "第二十二条" in client.post(margin, values).content.decode()
    other = {"other_name": "锦北样例劳务派遣有限公司", "other_capacity": "agency"}
    assert "第二十二条" not in client.post(margin, values | other).content.decode()
    client.post(reverse("intake"), values | other)
    named = Case.objects.get().parties.filter(role=Party.Role.RESPONDENT).order_by("pk")
    assert [party.capacity for party in named] == ["user", "agency"]


def test_a_further_respondent_needs_a_capacity(client, district_mediator):
    client.force_login(district_mediator)
    answer = client.post(reverse("intake"), written(other_name="锦北样例劳务派遣有限公司"))
    assert answer.context["form"].errors["other_capacity"]
    assert not Case.objects.exists()


def test_claims_of_a_worker_over_age_branch_by_claim(over_age):
    first = {way.claim.kind: way.avenues[0].where for way in told(over_age).ways}
    assert first == {"wage_arrears": "arbitration", "severance": "mediation"}


def test_intake_and_pages_show_where_claims_go(client, over_age, district_mediator):
    client.force_login(district_mediator)
    assert "第56号" in client.get(reverse("case", args=[over_age.case_id])).content.decode()
    step = over_age.course.process.task_set.get(flow_task_type="HUMAN")
    assert "第56号" in client.get(reverse("step", args=[step.pk])).content.decode()
    margin = client.post(
        reverse("intake_check", args=["margin"]), written(employment_form="platform")
    )
    assert "人社厅发〔2024〕4号" in margin.content.decode()


def test_a_referral_says_where_why_and_how(client, over_age, district_mediator):
    client.force_login(district_mediator)
    url = reverse("case_counsel", args=[over_age.case_id, "referral"])
    proposed = client.get(url).context["form"].initial
    assert proposed["where"] == "arbitration"
    claim = over_age.case.claims.get(kind=ClaimKind.SEVERANCE)
    facts = {
        "claim": claim.pk,
        "where": "court",
        "place": "古塔区人民法院",
        "contact": "12368",
        "reason": "超龄用工终止补偿",
        "told_on": TODAY.isoformat(),
    }
    assert client.post(url, facts).status_code == 302
    assert Referral.objects.get().claim == claim
    assert "古塔区人民法院" in client.get(reverse("case", args=[over_age.case_id])).content.decode()
    again = client.post(url, facts)
    assert again.status_code == 422
    over_age.case.refresh_from_db()
    assert over_age.case.ended_at is None


def test_a_refusal_is_no_dead_end(over_age, district_mediator):
    rows = referrals.refer_refused(over_age, reason="不属受案范围", at=MONDAY)
    assert {(row.claim.kind, row.where) for row in rows} == {
        ("wage_arrears", "arbitration"),
        ("severance", "court"),
    }
    assert all(row.place and row.contact and row.article for row in rows)
    assert referrals.refer_refused(over_age, reason="x", at=MONDAY) == []


def test_an_ordinary_case_that_is_refused_goes_to_court(district_case):
    (row,) = referrals.refer_refused(district_case, reason="不属受案范围", at=MONDAY)
    assert (row.claim, row.where) == (None, "court")
    assert row.place == "锦州市中级人民法院"


def test_mediation_waits_for_every_respondent(client, dispatched, district_mediator, regional_head):
    def accept_it():
        return acceptance.decide(dispatched, accepted=True, at=MONDAY, by=regional_head)

    examine(dispatched, by=district_mediator)
    consult(dispatched, by=district_mediator)
    agency = add(dispatched, by=district_mediator)
    # Named after the others were asked: it has said nothing.
    with pytest.raises(acceptance.FurtherRespondentDidNotAgree):
        accept_it()
    client.force_login(district_mediator)
    door = reverse("case_counsel", args=[dispatched.case_id, "capacity"])
    said = {"party": agency.pk, "capacity": "agency"}
    assert client.post(door, said | {"agrees": "no"}).status_code == 302
    with pytest.raises(acceptance.FurtherRespondentDidNotAgree):
        accept_it()
    assert client.post(door, said | {"agrees": "yes"}).status_code == 302
    assert accept_it().respondent_agreed


def test_who_answers_for_the_other_side_answers_for_all_that_are_named(
    dispatched, district_mediator, regional_head
):
    agency = add(dispatched, by=district_mediator)
    unwilling = add(dispatched, by=district_mediator, name="样例劳务公司", agrees=False)
    examine(dispatched, by=district_mediator)
    consult(dispatched, by=district_mediator)
    assert agency.consents.get(purpose=Consent.Purpose.MEDIATION).given
    assert list(unwilling.consents.values_list("given", flat=True)) == [False]
    with pytest.raises(acceptance.FurtherRespondentDidNotAgree):
        acceptance.decide(dispatched, accepted=True, at=MONDAY, by=regional_head)


@pytest.mark.parametrize(
    ("first", "second"), [("agency", "user"), ("contractor", "principal"), ("employer", "investor")]
)
def test_the_pairs_that_the_law_wants_travel_with_what_they_are_named_as(
    register, district_mediator, first, second
):
    assert {first, second} <= set(CAPACITIES)
    proceeding = make_case(
        register.guta, by=district_mediator, employer={"capacity": first, "licence": "none"}
    )
    add(proceeding, by=district_mediator, capacity=second, agrees=True)
    sent = [package._party(party) for party in proceeding.case.parties.order_by("pk")]
    named = [row["capacity"]["code"] for row in sent if row["role"]["code"] == "respondent"]
    assert named == [first, second]
    assert sent[1]["licence"]["code"] == "none"
