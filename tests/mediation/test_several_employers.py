"""An agreement with several employers: each that it binds signs for itself."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from disputes.models import Party
from mediation.domain import agreements, bound, signing
from mediation.forms import AgreementForm
from mediation.models import Agreement, EmployerSignature, Signing
from mediation.papers import _agreement
from papers.domain.rendering import render
from papers.layouts import KINDS, built_in
from tests.mediation.acts import NEXT_MONDAY, agreement_facts, at, hold_session
from tests.papers.documents import text_of


def put_in_force(agreement):
    """Let the agreement take effect behind the back of the verb."""
    rows = Agreement.objects.filter(pk=agreement.pk)
    rows.update(employer_signed_on=SIGNED, effective_on=SIGNED)
    connection.check_constraints()


def form(proceeding, user, data=None):
    return AgreementForm(data, proceeding=proceeding, user=user, today=NEXT_MONDAY.date())


SIGNED = at(9, 10).date()
LATER = at(9, 12).date()


@pytest.fixture
def agency(accepted_case, district_mediator):
    hold_session(accepted_case, by=district_mediator, result="settled")
    return Party.objects.create(
        case=accepted_case.case,
        role=Party.Role.RESPONDENT,
        kind=Party.Kind.EMPLOYER,
        name="锦北样例劳务派遣有限公司",
        capacity="agency",
    )


@pytest.fixture
def firm(accepted_case, agency):
    return accepted_case.case.parties.filter(kind="employer").order_by("pk").first()


@pytest.fixture
def agree(accepted_case, district_mediator):
    def sign(*sides, **facts):
        return agreements.sign_agreement(
            accepted_case, **agreement_facts(**facts), employers=list(sides), at=NEXT_MONDAY,
            by=district_mediator,
        )  # fmt: skip

    return sign


def test_it_takes_effect_with_the_last_employer(agree, firm, agency):
    waiting = agree(bound.Side(firm, SIGNED), bound.Side(agency))
    assert (waiting.effective_on, waiting.missing) == (None, ["employer_signed_on"])
    signed = agree(bound.Side(firm, SIGNED), bound.Side(agency, LATER))
    assert (signed.employer_signed_on, signed.effective_on) == (LATER, LATER)
    assert signed.employer_signatures.count() == 2


def test_whom_it_does_not_bind_need_not_sign(agree, firm, agency):
    signed = agree(bound.Side(firm, SIGNED), bound.Side(agency, bound=False))
    assert signed.effective_on == SIGNED


@pytest.mark.parametrize(
    ("sides", "refusal"),
    [
        ([], bound.EachSigns),
        ([{"signed_on": SIGNED}], bound.EachSigns),
        ([{"signed_on": SIGNED}, {"signed_on": SIGNED, "bound": False}], bound.SignedUnbound),
        ([{"bound": False}, {"bound": False}], bound.NobodyBound),
    ],
)
def test_one_day_does_not_stand_for_all(agree, firm, agency, sides, refusal):
    said = [bound.Side(party, **facts) for party, facts in zip([firm, agency], sides, strict=False)]
    with pytest.raises(refusal):
        agree(*said)
    assert not Agreement.objects.exists()


def test_whoever_owes_a_term_is_bound(agree, firm, agency):
    waiting = agree(bound.Side(firm, SIGNED), bound.Side(agency))
    waiting.term_rows.create(ordinal=1, debtor=agency, content="办理社会保险转移")
    with pytest.raises(bound.OwesUnderIt):
        agree(bound.Side(firm, SIGNED), bound.Side(agency, bound=False))


def test_the_database_lets_no_agreement_bind_without_each(agree, firm, agency):
    waiting = agree(bound.Side(firm, SIGNED), bound.Side(agency))
    with pytest.raises(IntegrityError), transaction.atomic():
        put_in_force(waiting)
    signed = agree(bound.Side(firm, SIGNED), bound.Side(agency, LATER))
    with pytest.raises(IntegrityError), transaction.atomic():
        signed.employer_signatures.update(signed_on=SIGNED - timedelta(days=1))


def test_each_signs_on_the_screen_and_the_step_knows_it(
    client, accepted_case, agree, firm, agency, district_mediator
):
    agree(
        bound.Side(firm), bound.Side(agency), worker_signed_on=None, mediator_signed_on=None,
        sealed_on=None,
    )  # fmt: skip
    client.force_login(district_mediator)
    page = reverse("agreement_sign", args=[accepted_case.pk])
    shown = client.get(page).content.decode()
    assert "锦北样例劳务派遣有限公司" in shown
    told = {"who": "employer", "method": "paper", "signed_on": SIGNED.isoformat()}
    nobody = client.post(page, told)
    assert nobody.status_code == 422
    assert "party" in nobody.context["form"].errors
    assert client.post(page, told | {"party": firm.pk}).status_code == 302
    assert Agreement.objects.get().employer_signed_on is None
    assert client.post(page, told | {"party": agency.pk}).status_code == 302
    assert Agreement.objects.get().employer_signed_on == SIGNED
    assert Signing.objects.filter(who="employer").count() == 2
    step = form(accepted_case, district_mediator)
    assert step[f"employer_{agency.pk}"].initial == SIGNED
    signing.take_back(accepted_case, at=NEXT_MONDAY, by=district_mediator)
    assert not EmployerSignature.objects.exclude(signed_on=None).exists()


def test_the_step_asks_for_each_and_says_what_is_wrong(
    accepted_case, firm, agency, district_mediator
):
    day = SIGNED.isoformat()
    facts = {
        "terms": "两单位共同支付工资12000元。", "amount": "12000", "copies": "4",
        "performance_by": date(2026, 9, 30).isoformat(), "performance_mode": "once",
        "worker_signed_on": day, "mediator_signed_on": day, "sealed_on": day,
        f"employer_{firm.pk}": day,
    }  # fmt: skip
    both = {f"employer_{agency.pk}": day, f"unbound_{agency.pk}": "on"}
    assert set(form(accepted_case, district_mediator, facts | both).errors) == {
        f"unbound_{agency.pk}"
    }
    for more, since in (({}, None), ({f"employer_{agency.pk}": day}, SIGNED)):
        filled = form(accepted_case, district_mediator, facts | more)
        assert filled.is_valid(), filled.errors
        done = agreements.sign_agreement(
            accepted_case, **filled.cleaned_data, at=NEXT_MONDAY, by=district_mediator
        )
        assert done.effective_on == since


def test_the_paper_has_a_place_for_each(agree, accepted_case, firm, agency):
    agree(bound.Side(firm, SIGNED), bound.Side(agency))
    facts = _agreement(accepted_case)
    assert [row["名称"] for row in facts["各用人单位"]] == [firm.name, agency.name]
    written = text_of(render(KINDS["agreement"], built_in("agreement"), facts))
    for each in (firm, agency):
        assert written.count(f"被申请人{each.name}（签名或盖章）") == 1
    alone = text_of(render(KINDS["agreement"], built_in("agreement"), facts | {"各用人单位": []}))
    assert alone.count("被申请人（签名或盖章）") == 1
