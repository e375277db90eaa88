"""What the commission decided, on the page of the case."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from arbitration import case_panel
from disputes.models import Case, ClaimKind
from disputes.permissions import read_case
from tests.arbitration.acts import bring_to, claim_facts, decide


@pytest.fixture
def heard(arbitration_case, arbitrator):
    return bring_to(arbitration_case, "award", arbitrator)


def shown(proceeding, user, **changes):
    content = replace(read_case(user, proceeding.case_id)[2], **changes)
    column = case_panel.decisions_of(proceeding.case)
    found = Case.objects.filter(pk=proceeding.case_id).values_list(column, flat=True).get()
    return case_panel.read(found, content, timezone.localdate())


def test_each_claim_stands_beside_what_was_awarded(heard, arbitration_clerk):
    other = heard.case.claims.create(kind=ClaimKind.REINSTATEMENT)
    wages = heard.case.claims.exclude(pk=other.pk).get()
    half = claim_facts(wages, "part", amount_awarded=Decimal("7300.00"))
    decide(heard, claims=[half, claim_facts(other, "none")])

    (row,) = shown(heard, arbitration_clerk)
    assert [(one["share"], one["code"]) for one in row["awards"]] == [
        (50, "final"),
        (None, "non_final"),
    ]
    assert (row["given"], row["asked"], row["share"]) == (7300, 14600, 50)
    assert len(row["next"]) == 2


def test_the_office_before_reads_the_result_once_the_case_is_closed(heard, arbitration_clerk):
    decide(heard)
    assert shown(heard, arbitration_clerk, worked=frozenset()) == []
    heard.closed_at = timezone.now()
    heard.outcome = "final_award"
    heard.save()
    assert len(shown(heard, arbitration_clerk, worked=frozenset())) == 1
    assert shown(heard, arbitration_clerk, level=1) == []


def test_the_page_of_the_case_shows_it(client, heard, arbitration_clerk):
    client.force_login(arbitration_clerk)
    page = reverse("case", args=[heard.case_id])
    assert "仲裁结果" not in client.get(page).content.decode()
    decide(heard)
    said = client.get(page).content.decode()
    assert "支持 14,600.00 元，请求 14,600.00 元，占 100%" in said
    assert "自作出之日起生效" in said
