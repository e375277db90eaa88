"""Two reports of one matter become one case: nothing is lost, both reporters are told."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.domain import mergers
from disputes.domain.evidence import add_evidence
from disputes.models import ClaimKind, Evidence, Merger, Outcome, Party
from notices.models import Notice
from offices.duties import Role
from tests import factories
from tests.disputes.test_intake_page import PDF
from tests.factories import MONDAY, make_case, make_identity_number
from tests.workflows.walking import open_titles
from workflows import ways
from workflows.courses import withdraw

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
PERSON = make_identity_number(77, female=True)


@pytest.fixture
def other_reporter(register):
    return factories.make_user(
        "zhandian2", "孙月", office=register.station, role=Role.STATION_REPORTER
    )


@pytest.fixture
def pair(register, reporter, other_reporter):
    """A matter that two stations reported: the first report and the second."""
    worker = {"id_number": PERSON}
    first = make_case(register.guta, by=reporter, worker=worker)
    second = make_case(
        register.guta,
        by=other_reporter,
        at=TUESDAY,
        worker=worker,
        claims=[{"kind": ClaimKind.WAGE_ARREARS}, {"kind": ClaimKind.OVERTIME, "amount": 800}],
    )
    return first, second


def merge(pair, by):
    first, second = pair
    return ways.merge(second, other=first, reason="同一事项两次报送", at=TUESDAY, by=by)


def test_the_second_report_ends_and_points_to_the_first(pair, regional_head):
    first, second = pair
    file = SimpleUploadedFile("欠条.pdf", PDF)
    add_evidence(second, file=file, at=TUESDAY, by=regional_head)
    merge(pair, regional_head)
    second.refresh_from_db()
    assert (second.outcome, second.case.ended_at) == (Outcome.MERGED, TUESDAY)
    assert second.case.defence_line is None
    assert (open_titles(first), open_titles(second)) == (["examine"], [])
    assert {c.kind for c in first.case.claims.all()} == {"wage_arrears", "overtime"}
    assert Evidence.objects.filter(case=first.case, name="欠条.pdf").count() == 1
    assert Evidence.objects.filter(case=second.case, name="欠条.pdf").count() == 1
    told = first.case.timeline.get(text=second.case.facts)
    assert second.case.matter_number in told.verb % told.facts


def test_both_first_reporters_are_kept_and_told(pair, regional_head, reporter, other_reporter):
    first, second = pair
    merge(pair, regional_head)
    assert (first.case.filed_by, second.case.filed_by) == (reporter, other_reporter)
    for person in (reporter, other_reporter):
        assert Notice.objects.filter(recipient=person).count() == 1
    withdraw(first, reason="已付清", at=TUESDAY + timedelta(days=1), by=regional_head)
    for person in (reporter, other_reporter):
        assert Notice.objects.filter(recipient=person).count() == 2


def test_the_second_reporter_sees_how_it_goes_on_but_not_the_other_case(
    client, pair, regional_head, other_reporter
):
    first, second = pair
    merge(pair, regional_head)
    client.force_login(other_reporter)
    own, other = (reverse("case", args=[each.case_id]) for each in (second, first))
    text = client.get(own).content.decode()
    assert first.case.matter_number in text
    assert other not in text
    assert client.get(other).status_code == 404
    withdraw(first, reason="已付清", at=TUESDAY + timedelta(days=1), by=regional_head)
    assert "申请人撤回" in client.get(own).content.decode()


def test_both_numbers_find_their_case(client, pair, regional_head):
    merge(pair, regional_head)
    client.force_login(regional_head)
    for each in pair:
        page = client.get(reverse("cases"), {"q": each.case.matter_number}, follow=True)
        assert each.case.matter_number in page.content.decode()


def test_the_case_that_goes_on_names_the_other(client, pair, regional_head):
    first, second = pair
    client.force_login(regional_head)
    url = reverse("case", args=[first.case_id])
    assert reverse("merge", args=[first.case_id]) in client.get(url).content.decode()
    merge(pair, regional_head)
    assert reverse("case", args=[second.case_id]) in client.get(url).content.decode()


def test_what_is_not_one_matter_is_not_merged(register, pair, regional_head, district_mediator):
    first, second = pair
    other = make_case(register.guta, by=district_mediator)
    elsewhere = make_case(
        register.guta,
        worker={"id_number": PERSON},
        employer={"name": "锦北样例物业有限公司", "credit_code": ""},
    )
    for wrong in (other, elsewhere, first):
        with pytest.raises(mergers.OtherMatter):
            ways.merge(first, other=wrong, reason="x", at=TUESDAY, by=regional_head)
    first.refresh_from_db()
    assert open_titles(first) == ["examine"]


def test_there_are_no_chains(register, pair, regional_head):
    first, second = pair
    third = make_case(register.guta, worker={"id_number": PERSON}, at=TUESDAY)
    merge(pair, regional_head)
    with pytest.raises(mergers.MergedBefore):
        ways.merge(first, other=third, reason="x", at=TUESDAY, by=regional_head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Merger.objects.create(
            merged=third.case, into=second.case, reason="x", at=TUESDAY, by=regional_head
        )


def test_a_merger_is_undone_while_the_other_goes_on(pair, regional_head):
    first, second = pair
    merge(pair, regional_head)
    second.refresh_from_db()
    again = ways.unmerge(second, reason="另一工地的工资", at=TUESDAY, by=regional_head)
    assert open_titles(again) == ["examine"]
    second.case.refresh_from_db()
    assert second.case.ended_at is None
    assert first.case.claims.get(kind="overtime").dropped_on
    with pytest.raises(mergers.NotMerged):
        ways.unmerge(second, reason="x", at=TUESDAY, by=regional_head)


def test_a_merger_stands_when_the_other_has_ended(pair, regional_head):
    first, second = pair
    merge(pair, regional_head)
    withdraw(first, reason="已付清", at=TUESDAY, by=regional_head)
    with pytest.raises(mergers.GoesOnNoMore):
        ways.unmerge(second, reason="x", at=TUESDAY, by=regional_head)


def test_the_head_merges_on_the_page_and_a_mediator_may_not(
    client, pair, regional_head, district_mediator
):
    first, second = pair
    url = reverse("merge", args=[second.case_id])
    client.force_login(district_mediator)
    assert client.get(url).status_code == 403
    client.force_login(regional_head)
    facts = {"number": first.case.matter_number, "reason": "重复报送"}
    assert client.post(url, facts)["Location"] == reverse("case", args=[second.case_id])
    assert Merger.objects.get().into == first.case


def test_a_case_she_does_not_see_is_not_named(client, register, pair, regional_head):
    hidden = make_case(register.linghe, worker={"id_number": PERSON})
    first, _second = pair
    client.force_login(regional_head)
    text = client.get(reverse("case", args=[first.case_id])).content.decode()
    assert hidden.case.matter_number not in text
    facts = {"number": hidden.case.matter_number, "reason": "重复"}
    assert client.post(reverse("merge", args=[first.case_id]), facts).status_code == 422


def test_who_stands_on_a_roster_is_found_while_typing(client, district_case, district_mediator):
    from tests.disputes.rosters import rostered
    from tests.disputes.test_intake_page import written

    member = rostered(district_case, 3)[1]
    margin = reverse("intake_check", args=["margin"])
    client.force_login(district_mediator)
    for values in (
        {"id_number": member.party.id_number},
        {"worker_phone": member.party.phone},
        {"worker_name": member.party.name},
    ):
        plain = {"id_number": make_identity_number(400), "worker_phone": "15400009999"}
        answer = client.post(margin, written(**{**plain, **values})).content.decode()
        assert district_case.number in answer, values
    assert Party.everyone.filter(case=district_case.case).count() == 5
