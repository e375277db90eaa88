"""Rows by COPY are the rows that ``bulk_create`` would have written, down to the last sign."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from audit.acting import acting_as
from audit.models import AuditEntry
from disputes.domain.copying import copy_in
from disputes.models import Claim, ClaimKind, Party, TimelineEntry
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db
HARD = 'a\tb\\c\nd\r\n\\N 㛃"{,}"·𬭎'


def test_no_sign_of_a_text_is_lost_and_nothing_stays_nothing(district_case):
    case = district_case.case
    claims = [
        Claim(case=case, kind=ClaimKind.WAGE_ARREARS, amount=amount, detail=detail)
        for amount, detail in ((Decimal("0.01"), HARD), (None, ""), (None, "\\N"))
    ]
    made = copy_in(iter(claims))
    assert made == claims
    found = Claim.objects.in_bulk([row.pk for row in made])
    assert [(found[row.pk].amount, found[row.pk].detail) for row in made] == [
        (Decimal("0.01"), HARD), (None, ""), (None, "\\N"),
    ]  # fmt: skip


def test_lists_facts_and_sealed_columns_arrive_as_they_were_given(district_case):
    worker = Party(
        case=district_case.case, role=Party.Role.APPLICANT, kind=Party.Kind.WORKER,
        name='李"\\静,婷', phone="15400000001",
    ).make_indexes()  # fmt: skip
    copy_in([worker])
    found = Party.objects.get(pk=worker.pk)
    assert (found.name, found.phone, found.name_pairs) == (
        worker.name,
        worker.phone,
        worker.name_pairs,
    )
    entry = TimelineEntry(
        case=district_case.case, at=MONDAY, kind=TimelineEntry.Kind.COURSE,
        reach=TimelineEntry.Reach.ALL, verb="Accepted", facts={"why": HARD, "n": [1, None]},
    )  # fmt: skip
    copy_in([entry])
    found = TimelineEntry.objects.get(pk=entry.pk)
    assert (found.facts, found.at, found.actor) == (entry.facts, MONDAY, None)


def test_a_copied_row_can_be_saved_again_and_the_next_key_is_free(district_case):
    case = district_case.case
    (claim,) = copy_in([Claim(case=case, kind=ClaimKind.WAGE_ARREARS)])
    claim.detail = "二月工资"
    claim.save()
    assert Claim.objects.get(pk=claim.pk).detail == "二月工资"
    assert Claim.objects.create(case=case, kind=ClaimKind.OVERTIME).pk != claim.pk


def test_the_guards_of_the_database_hold_and_the_log_knows_who_copied(
    district_case, district_mediator
):
    case = district_case.case
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in([Claim(case=case, kind=ClaimKind.WAGE_ARREARS, amount=Decimal(-1))])
    with acting_as(district_mediator):
        (claim,) = copy_in([Claim(case=case, kind=ClaimKind.WAGE_ARREARS, detail="加付")])
    entry = AuditEntry.objects.get(object_type="disputes.claim", object_id=claim.pk)
    assert entry.actor_id == district_mediator.pk


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert copy_in([]) == []
