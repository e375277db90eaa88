"""Facts once: stated, answered, and the same for the next tier and the application there."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from arbitration.domain import package
from disputes.domain import case_papers, facts
from disputes.domain.calculations import fill_in
from disputes.domain.escalation import escalate, go_to_arbitration
from disputes.domain.facts import NOTHING, Said
from disputes.models import Fact
from tests.factories import MONDAY
from tests.papers.documents import text_of

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
HIRED = Said("2025-04-01", "worker", "admitted")
WAGE = Said("7300.00", "worker", "disputed", "实为7000元")
OVERTIME = Said("每月40小时", "worker", "conceded", "为和解认可20小时")
ALL = {"入职日期": HIRED, "月工资标准": WAGE, "加班情况": OVERTIME}


def state(proceeding, by, said=ALL, seen=None, at=MONDAY):
    seen = facts.shown_at(proceeding) if seen is None else seen
    return facts.state_facts(proceeding, said, seen=seen, at=at, by=by)


def test_facts_stand_with_who_stated_and_who_disputed_them(district_case, district_mediator):
    assert state(district_case, district_mediator) == list(ALL)
    assert facts.shown_at(district_case) == ALL
    assert state(district_case, district_mediator) == []
    entry = district_case.case.timeline.order_by("pk").last()
    assert (entry.verb, entry.facts["count"]) == (
        "Facts of the case written down: %(count)s",
        "3",
    )


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (Said("", "", "admitted"), facts.AnswerToNothing),
        (Said("2025-04-01", ""), facts.NobodyStatedIt),
    ],
)
def test_an_answer_needs_a_statement_and_a_statement_a_voice(
    district_case, district_mediator, said, refusal
):
    with pytest.raises(refusal) as caught:
        state(district_case, district_mediator, {"入职日期": said})
    assert str(caught.value).startswith("入职日期：")


def test_an_answer_is_one_of_those_known(district_case, district_mediator):
    state(district_case, district_mediator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.update(answer="maybe")


def test_nobody_overwrites_what_she_has_not_seen(district_case, district_mediator, regional_head):
    seen = facts.shown_at(district_case)
    state(district_case, district_mediator, {"入职日期": HIRED})

    state(district_case, regional_head, {"入职日期": NOTHING, "月工资标准": WAGE}, seen=seen)
    assert facts.shown_at(district_case) == {"入职日期": HIRED, "月工资标准": WAGE}
    other = Said("2025-05-01", "employer")
    with pytest.raises(facts.WrittenMeanwhile) as refusal:
        state(district_case, regional_head, {"入职日期": other}, seen=seen)
    assert refusal.value.theirs == {"入职日期": HIRED}
    state(district_case, regional_head, {"入职日期": other})
    assert facts.shown_at(district_case)["入职日期"] == other


def test_the_next_tier_reads_the_same_rows_without_the_concession(
    register, enterprise_case, enterprise_mediator
):
    state(enterprise_case, enterprise_mediator)
    district = escalate(enterprise_case, outcome="not_settled", at=TUESDAY, by=enterprise_mediator)

    assert facts.shown_at(district) == ALL | {"加班情况": Said("每月40小时", "worker")}
    assert facts.shown_at(enterprise_case) == ALL


def test_the_application_for_arbitration_carries_them(district_case, district_mediator, register):
    state(district_case, district_mediator)
    here = case_papers.gather(district_case, "arbitration_application", at=MONDAY)
    assert here["无争议事实"] == "入职日期：2025年4月1日。"
    there = go_to_arbitration(district_case, at=TUESDAY, by=district_mediator)
    content, _needed, _optional = case_papers.draft_paper(there, "application", at=TUESDAY)
    rows = case_papers.gather(there, "application", at=TUESDAY)["要素"]

    assert [row["要素"] for row in rows] == ["入职日期", "月工资标准", "加班情况"]
    assert [row["对方意见"] for row in rows] == ["无争议", "有异议：实为7000元", ""]
    assert "为和解认可" not in text_of(content)
    written = package.content_of(there, [], at=TUESDAY)["elements"]
    assert [row["stated"] for row in written] == ["2025年4月1日", "7,300.00", "每月40小时"]
    assert "为和解认可" not in str(written)


def test_what_is_prepared_for_arbitration_leaves_the_concession_out(
    district_case, district_mediator
):
    state(district_case, district_mediator)
    content, _needed, _optional = case_papers.draft_paper(
        district_case, "arbitration_application", at=MONDAY
    )
    text = text_of(content)
    assert "7,300.00" in text
    assert "为和解认可" not in text


def test_a_tier_below_does_not_read_what_came_after_it(
    client, register, enterprise_case, enterprise_mediator, district_mediator
):
    enterprise_case.handler = enterprise_mediator
    enterprise_case.save()
    state(enterprise_case, enterprise_mediator, {"入职日期": HIRED})
    district = escalate(enterprise_case, outcome="not_settled", at=TUESDAY, by=enterprise_mediator)
    district.handler = district_mediator
    district.save()
    state(district, district_mediator, {"月工资标准": WAGE}, at=TUESDAY)

    client.force_login(enterprise_mediator)
    page = client.get(reverse("case_facts", args=[enterprise_case.case_id])).content.decode()
    case = client.get(reverse("case", args=[enterprise_case.case_id])).content.decode()

    for text in (page, case):
        assert "2025-04-01" in text
        assert "7,300.00" not in text
    filled = fill_in(enterprise_case.case, "double-wage", office=register.enterprise, ordinal=1)
    assert (filled["hired"], "monthly_wage" in filled) == ("2025-04-01", False)


def test_the_page_takes_facts_and_says_what_others_wrote(
    client, district_case, district_mediator, regional_head
):
    url = reverse("case_facts", args=[district_case.case_id])
    client.force_login(district_mediator)
    form = client.get(url).context["form"]
    sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    state(district_case, regional_head, {"入职日期": HIRED})
    answer = client.post(url, sent | {"value_0": "2025-05-01"})
    assert answer.status_code == 422
    assert "2025-04-01" in answer.content.decode()

    again = answer.context["form"]
    sent = {name: again[name].value() or "" for name in again.fields}
    assert client.post(url, sent).status_code == 302
    assert facts.shown_at(district_case)["入职日期"] == Said("2025-05-01", "worker")


def test_only_the_desk_that_has_the_case_writes(
    client, district_case, district_mediator, other_mediator, lawyer
):
    url = reverse("case_facts", args=[district_case.case_id])
    client.force_login(other_mediator)
    assert client.get(url).status_code == 404
    client.force_login(district_mediator)
    go_to_arbitration(district_case, at=TUESDAY, by=district_mediator)
    assert client.post(url, {}).status_code == 403
