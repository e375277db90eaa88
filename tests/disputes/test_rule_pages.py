"""The pages of time limits and local figures: read by all, changed by those who keep the law."""

import pytest
from django.urls import reverse

from law.models import DeadlineRule, LocalParameter

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule():
    return DeadlineRule.objects.get(rule_id="MED_CLOSE")


def change(client, user, rule, **changes):
    client.force_login(user)
    facts = {
        "since": "2027-03-01",
        "title_zh": rule.title_zh,
        "amount": "20",
        "unit": rule.unit,
        "actor": rule.actor,
        "rolls": "on",
        "extension_unit": "calendar_day",
        "article": "《虚构规定》第一条",
        "instrument": "虚构令第1号",
        "confidence": "S",
    }
    return client.post(reverse("law_rule_change", args=[rule.pk]), facts | changes)


def record(client, user, **changes):
    client.force_login(user)
    facts = {
        "name": "avg_wage",
        "region": "锦州市",
        "amount": "6,500",
        "since": "2026-07-01",
        "source": "虚构通知",
        "confidence": "S",
    }
    return client.post(reverse("figure_add"), facts | changes)


@pytest.mark.parametrize("who", ["district_mediator", "lawyer", "clerk", "administrator"])
def test_every_colleague_reads_the_rules(client, request, who):
    client.force_login(request.getfixturevalue(who))
    text = client.get(reverse("law")).content.decode()
    for said in ("ARB_AWARD", "第四十三条", "45 个自然日"):
        assert said in text
    page = client.get(reverse("law_rule", args=["ARB_AWARD"])).content.decode()
    assert "人力资源和社会保障部令第33号" in page
    assert client.get(reverse("law_rule", args=["NONSENSE"])).status_code == 404
    assert client.get(reverse("figures")).status_code == 200


def test_only_those_who_keep_the_law_change_it(client, district_mediator, lawyer, leader, rule):
    for user in (district_mediator, lawyer, leader):
        assert change(client, user, rule).status_code == 403
        assert record(client, user).status_code == 403
    text = client.get(reverse("law_rule", args=["MED_CLOSE"])).content.decode()
    assert reverse("law_rule_change", args=[rule.pk]) not in text


def test_a_change_becomes_a_new_version(client, clerk, rule):
    client.force_login(clerk)
    assert client.get(reverse("law_rule_change", args=[rule.pk])).status_code == 200
    assert change(client, clerk, rule).status_code == 302
    old, new = DeadlineRule.objects.filter(rule_id="MED_CLOSE").order_by("in_force")
    assert (old.amount, new.amount, new.article) == (15, 20, "《虚构规定》第一条")
    text = client.get(reverse("law_rule", args=["MED_CLOSE"])).content.decode()
    assert "2027-03-01" in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"since": ""}, "since"),
        ({"since": "2001-01-01"}, "since"),
        ({"since": "x"}, "since"),
        ({"title_zh": ""}, "title_zh"),
        ({"title_zh": "长" * 81}, "title_zh"),
        ({"title_zh": "\x00"}, "title_zh"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "99999"}, "amount"),
        ({"unit": "week"}, "unit"),
        ({"extension_unit": "", "extension_cap": "5"}, "extension_unit"),
        ({"article": ""}, "article"),
        ({"confidence": "X"}, "confidence"),
    ],
)
def test_a_wrong_version_is_refused_beside_its_field(client, administrator, rule, changes, field):
    answer = change(client, administrator, rule, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert DeadlineRule.objects.filter(rule_id="MED_CLOSE").count() == 1


def test_a_version_that_another_follows_is_not_changed(client, clerk, rule):
    change(client, clerk, rule)
    answer = change(client, clerk, rule, since="2027-05-01")
    assert "since" in answer.context["form"].errors


def test_a_figure_is_recorded(client, clerk):
    assert record(client, clerk).status_code == 302
    row = LocalParameter.objects.get(name="avg_wage")
    assert (row.amount, row.in_force.upper) == (6500, None)
    assert "6,500.00" in client.get(reverse("figures")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "x"}, "amount"),
        ({"amount": "9" * 20}, "amount"),
        ({"since": ""}, "since"),
        ({"name": "nonsense"}, "name"),
        ({"source": ""}, "source"),
        ({"name": "min_wage", "since": "2001-01-01"}, "since"),
    ],
)
def test_a_wrong_figure_is_refused_beside_its_field(client, clerk, changes, field):
    answer = record(client, clerk, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize("name", ["law", "figures"])
def test_the_pages_ask_a_fixed_number_of_queries(
    client, clerk, django_assert_max_num_queries, name
):
    client.force_login(clerk)
    with django_assert_max_num_queries(10):
        client.get(reverse(name))
