"""Giving a matter to a lawyer: who fits, conflicts, her answer, a change."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from disputes.models import CaseGrant, Declaration, Wall
from disputes.permissions import visible_cases
from legal_aid.domain import applications, assignment, pool, refusals
from legal_aid.models import Engagement
from notices.models import Notice
from offices.duties import Role
from tests.factories import MONDAY, make_case, make_lawyer, make_user
from tests.journeys.test_counts import queries_of
from tests.legal_aid.acts import AT, apply, engage, grant

TODAY = MONDAY.date()
EMPLOYER = "锦北样例建筑003有限公司"
pytestmark = pytest.mark.django_db


@pytest.fixture
def granted(district_case, register, aid_administrator):
    return grant(apply(district_case.case, register, by=aid_administrator), by=aid_administrator)


@pytest.fixture
def other(register):
    return make_user("lvshi2", "魏然", office=register.aid_centre, role=Role.LAWYER)


@pytest.fixture
def firm(register):
    return pool.add_firm(register.aid_centre, name="锦北样例律师事务所", licence_number="31")


def offer(application, lawyer, by):
    return assignment.offer(application, lawyer=lawyer, at=AT, by=by)


def test_who_is_good_at_it_and_near_comes_first_then_who_has_least(
    granted, lawyer, other, register
):
    make_lawyer(lawyer, specialities=["wages"], areas=["凌河区"])
    best = make_lawyer(other, specialities=["wages"], areas=["古塔区"])
    third = make_lawyer(make_user("lv3", "唐宁", office=register.aid_centre, role=Role.LAWYER))
    found = assignment.candidates(granted, on=TODAY)
    assert [each.lawyer for each in found] == [best, lawyer.lawyer, third]
    assert "0" in found[0].reason


def test_the_reason_is_kept_with_the_offer(granted, lawyer, aid_administrator):
    row = offer(
        granted, make_lawyer(lawyer, specialities=["wages"], most_open=8), aid_administrator
    )
    assert row.because == "在办 0 件，上限 8 件；专长劳动报酬；服务古塔区"
    assert Notice.objects.get(recipient=lawyer).url == reverse("engagement", args=[row.pk])


def test_what_is_kept_with_a_row_is_in_the_language_of_the_house(
    granted, lawyer, aid_administrator
):
    with translation.override("en"):
        row = offer(granted, make_lawyer(lawyer), aid_administrator)
        assert row.because.startswith("在办 0 件，上限")
        assignment.declare_conflict(row, conflict="亲属", at=AT, by=lawyer)
    assert granted.case.walls.get().reason == "申报利益冲突"


def test_nothing_is_assigned_before_it_is_granted(
    district_case, register, lawyer, aid_administrator
):
    row = apply(district_case.case, register, by=aid_administrator)
    with pytest.raises(refusals.NotToAssign):
        offer(row, make_lawyer(lawyer), aid_administrator)


def test_an_expired_licence_is_refused(granted, lawyer, aid_administrator):
    row = make_lawyer(lawyer, licence_until=TODAY - timedelta(days=1))
    with pytest.raises(refusals.LicenceExpired):
        offer(granted, row, aid_administrator)
    assert assignment.candidates(granted, on=TODAY)[0].blocked == str(refusals.LicenceExpired())


def test_who_has_enough_is_refused(granted, register, lawyer, aid_administrator):
    row = make_lawyer(lawyer, most_open=1)
    engage(make_case(register.guta).case, register, lawyer, by=aid_administrator)
    with pytest.raises(refusals.FullyLoaded):
        offer(granted, row, aid_administrator)


def declare(user, **facts):
    return Declaration.objects.create(
        user=user, made_at=MONDAY, **{"kind": "client", "name": EMPLOYER, **facts}
    )


def test_what_she_declared_keeps_her_away(granted, lawyer, aid_administrator):
    row = make_lawyer(lawyer)
    declare(lawyer, kind="relative", name="韩玉兰")
    with pytest.raises(refusals.Conflicted):
        offer(granted, row, aid_administrator)


def test_a_client_of_long_ago_does_not(granted, lawyer, aid_administrator):
    row = make_lawyer(lawyer)
    declare(lawyer, ended_on=TODAY - timedelta(days=800))
    assert offer(granted, row, aid_administrator).is_offered


def test_a_client_of_her_firm_keeps_her_away(granted, lawyer, firm, aid_administrator):
    row = make_lawyer(lawyer, firm=firm)
    firm.clients.create(name=EMPLOYER)
    with pytest.raises(refusals.FirmConflicted):
        offer(granted, row, aid_administrator)
    firm.clients.update(until=TODAY - timedelta(days=800))
    assert offer(granted, row, aid_administrator).is_offered


def test_a_client_of_a_colleague_of_her_firm_keeps_her_away(
    granted, lawyer, other, firm, aid_administrator
):
    row = make_lawyer(lawyer, firm=firm)
    make_lawyer(other, firm=firm)
    declare(other)
    with pytest.raises(refusals.FirmConflicted):
        offer(granted, row, aid_administrator)


def test_she_sees_the_names_first_and_the_file_only_when_she_has_taken_it(
    client, clock, granted, lawyer, aid_administrator
):
    row = offer(granted, make_lawyer(lawyer), aid_administrator)
    client.force_login(lawyer)
    brief = client.get(reverse("engagement", args=[row.pk])).text
    assert "韩玉兰" in brief
    assert EMPLOYER in brief
    assert "催要未果" not in brief
    assert client.get(reverse("case", args=[granted.case_id])).status_code == 404
    assert client.get(reverse("application", args=[granted.pk])).status_code == 404
    url = reverse("engagement_act", args=[row.pk, "accept"])
    assert client.post(url).status_code == 422
    client.post(url, {"no_conflict": "on"})
    assert client.get(reverse("case", args=[granted.case_id])).status_code == 200
    assert "催要未果" in client.get(reverse("case", args=[granted.case_id])).text


def test_a_declared_conflict_walls_her_off(client, clock, granted, lawyer, aid_administrator):
    row = offer(granted, make_lawyer(lawyer), aid_administrator)
    client.force_login(lawyer)
    client.post(reverse("engagement_act", args=[row.pk, "conflict"]), {"conflict": "曾代理该公司"})
    row.refresh_from_db()
    assert (row.has_conflict, row.is_open) == (True, False)
    assert Wall.objects.filter(case=granted.case, user=lawyer).exists()
    assert client.get(reverse("engagement", args=[row.pk])).status_code == 404
    with pytest.raises(refusals.Conflicted):
        offer(granted, lawyer.lawyer, aid_administrator)


def test_she_may_decline_and_another_is_asked(granted, lawyer, other, aid_administrator):
    row = offer(granted, make_lawyer(lawyer), aid_administrator)
    with pytest.raises(refusals.LawyerAssigned):
        offer(granted, make_lawyer(other), aid_administrator)
    assignment.decline(row, reason="出庭冲突", at=AT, by=lawyer)
    with pytest.raises(refusals.NotOffered):
        assignment.accept(row, at=AT, by=lawyer)
    assert offer(granted, other.lawyer, aid_administrator).is_offered


def test_nobody_answers_for_another(granted, lawyer, other, aid_administrator):
    row = offer(granted, make_lawyer(lawyer), aid_administrator)
    for verb in (assignment.accept, lambda row, **k: assignment.decline(row, reason="x", **k)):
        with pytest.raises(refusals.NotHers):
            verb(row, at=AT, by=other)


def test_a_conflict_that_arose_meanwhile_is_found_when_she_accepts(
    granted, lawyer, aid_administrator
):
    row = offer(granted, make_lawyer(lawyer), aid_administrator)
    declare(lawyer)
    with pytest.raises(refusals.Conflicted):
        assignment.accept(row, at=AT, by=lawyer)
    assert not CaseGrant.objects.exists()


def test_a_change_of_lawyer_closes_the_file_for_the_first(
    granted, lawyer, other, aid_administrator
):
    with pytest.raises(refusals.NoLawyerAtWork):
        assignment.replace(granted, reason="x", at=AT, by=aid_administrator)
    row = offer(granted, make_lawyer(lawyer), aid_administrator)
    assignment.accept(row, at=AT, by=lawyer)
    assert granted.case in visible_cases(lawyer, on=TODAY)
    assignment.replace(granted, reason="律师患病", at=AT, by=aid_administrator)
    assert granted.case not in visible_cases(lawyer, on=TODAY)
    assert offer(granted, make_lawyer(other), aid_administrator).lawyer.user == other


def test_aid_ahead_of_its_decision_is_assigned_at_once(
    district_case, register, lawyer, aid_administrator
):
    row = apply(district_case.case, register, by=aid_administrator)
    row = applications.give_ahead(
        row, limit_on=TODAY + timedelta(days=5), at=AT, by=aid_administrator
    )
    assert offer(row, make_lawyer(lawyer), aid_administrator).is_offered


def test_the_database_keeps_one_lawyer_who_declared(granted, lawyer, aid_administrator):
    row = offer(granted, make_lawyer(lawyer), aid_administrator)
    with pytest.raises(IntegrityError, match="engagement_declared"), transaction.atomic():
        Engagement.objects.filter(pk=row.pk).update(accepted_at=AT)
    with pytest.raises(IntegrityError, match="engagement_one_at_a_time"), transaction.atomic():
        Engagement.objects.create(
            application=granted, lawyer=row.lawyer, offered_at=AT, offered_by=lawyer, because="x"
        )


def test_a_lawyer_sees_her_own_assignments_only(
    client, clock, granted, lawyer, other, aid_administrator
):
    row = offer(granted, make_lawyer(lawyer), aid_administrator)
    make_lawyer(other)
    client.force_login(other)
    assert client.get(reverse("engagement", args=[row.pk])).status_code == 404
    assert client.get(reverse("engagement_act", args=[row.pk, "accept"])).status_code == 404
    assert "第1号" not in client.get(reverse("matters")).text
    client.force_login(lawyer)
    assert "第1号" in client.get(reverse("matters")).text
    client.force_login(aid_administrator)
    assert client.get(reverse("matters")).status_code == 403


def test_the_form_proposes_the_best_and_says_who_cannot(
    client, clock, granted, lawyer, other, firm, aid_administrator
):
    make_lawyer(lawyer, specialities=["wages"])
    make_lawyer(other, firm=firm)
    firm.clients.create(name=EMPLOYER)
    client.force_login(aid_administrator)
    url = reverse("application_act", args=[granted.pk, "assign"])
    text = client.get(url).text
    assert "专长劳动报酬" in text
    assert "不可指派" in text
    refused = client.post(url, {"lawyer": other.lawyer.pk})
    assert refused.status_code == 422
    assert "法律顾问" in refused.text
    client.post(url, {"lawyer": lawyer.lawyer.pk})
    assert Engagement.objects.get().lawyer.user == lawyer


def test_the_pages_ask_the_same_for_one_and_three(
    client, clock, register, lawyer, granted, aid_administrator
):
    make_lawyer(lawyer)
    client.force_login(aid_administrator)
    choosing = reverse("application_act", args=[granted.pk, "assign"])
    before = queries_of(client, choosing)
    row = offer(granted, lawyer.lawyer, aid_administrator)
    assignment.accept(row, at=AT, by=lawyer)
    client.force_login(lawyer)
    own = queries_of(client, reverse("matters"))
    for number in range(2):
        make_lawyer(make_user(f"lv{number}", "魏然", office=register.aid_centre, role=Role.LAWYER))
        engage(make_case(register.guta).case, register, lawyer, by=aid_administrator)
    assert queries_of(client, reverse("matters")) == own == 8
    row = grant(
        apply(make_case(register.guta).case, register, by=aid_administrator), by=aid_administrator
    )
    client.force_login(aid_administrator)
    assert queries_of(client, reverse("application_act", args=[row.pk, "assign"])) == before == 15
