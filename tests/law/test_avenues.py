"""No claim stands before a closed door; and who must be named beside the employer."""

from datetime import date

import pytest

from law.avenues import Relation, Where, avenues_of, relation_of
from law.respondents import required

NOW, BEFORE = date(2026, 9, 7), date(2026, 6, 30)
CLAIMS = (
    "wage_arrears", "overtime", "double_wage", "severance", "damages", "notice_pay",
    "annual_leave", "insurance", "injury", "injury_medical", "relationship", "reinstatement",
    "non_compete", "other",
)  # fmt: skip


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("on", [NOW, BEFORE])
def test_every_claim_can_be_mediated_and_goes_somewhere_else_too(relation, claim, on):
    places = [avenue.where for avenue in avenues_of(relation, claim, on=on)]
    assert Where.MEDIATION in places
    assert len(set(places)) >= 2
    assert all(avenue.article for avenue in avenues_of(relation, claim, on=on))


@pytest.mark.parametrize(
    ("facts", "relation"),
    [
        ({"form": "contract"}, Relation.LABOUR),
        ({"form": "rehired"}, Relation.OVERAGE),
        ({"form": "contract", "born": date(1960, 1, 1), "sex": "m"}, Relation.OVERAGE),
        ({"form": "contract", "born": date(1970, 1, 1), "sex": "m"}, Relation.LABOUR),
        ({"form": "contract", "born": date(1974, 1, 1), "sex": "f"}, Relation.LABOUR),
        ({"form": "contract", "born": date(1968, 1, 1), "sex": "f"}, Relation.OVERAGE),
        ({"form": "platform"}, Relation.PLATFORM),
        ({"form": "contract", "cause": "platform"}, Relation.PLATFORM),
        ({"form": "service"}, Relation.SERVICE),
        ({"form": "intern"}, Relation.SERVICE),
    ],
)
def test_the_relation_follows_from_form_cause_and_age(facts, relation):
    assert relation_of(**facts, on=NOW) == relation


@pytest.mark.parametrize(
    ("relation", "claim", "on", "first"),
    [
        (Relation.OVERAGE, "wage_arrears", NOW, Where.ARBITRATION),
        (Relation.OVERAGE, "injury", NOW, Where.ARBITRATION),
        (Relation.OVERAGE, "severance", NOW, Where.MEDIATION),
        (Relation.OVERAGE, "wage_arrears", BEFORE, Where.MEDIATION),
        (Relation.PLATFORM, "wage_arrears", NOW, Where.MEDIATION),
        (Relation.PLATFORM, "relationship", NOW, Where.ARBITRATION),
        (Relation.PLATFORM, "injury", NOW, Where.INSURANCE),
        (Relation.SERVICE, "wage_arrears", NOW, Where.MEDIATION),
    ],
)
def test_the_first_way_of_a_claim(relation, claim, on, first):
    assert avenues_of(relation, claim, on=on)[0].where == first


def test_labour_inspection_pursues_the_pay_of_migrant_workers():
    def places(claim, migrant):
        return [a.where for a in avenues_of(Relation.SERVICE, claim, on=NOW, migrant=migrant)]

    assert Where.INSPECTION in places("wage_arrears", True)
    assert Where.INSPECTION not in places("wage_arrears", False)
    assert Where.INSPECTION not in places("severance", True)


@pytest.mark.parametrize(
    ("facts", "article"),
    [
        ({"form": "dispatch"}, "第二十二条"),
        ({"dispatched": True}, "第二十二条"),
        ({"form": "contractor"}, "第七条"),
        ({"licences": ["none"]}, "第六条"),
        ({"licences": ["valid", "revoked"]}, "第六条"),
        ({"cause": "employer_liability"}, "解释（二）"),
    ],
)
def test_the_article_says_who_is_named_together(facts, article):
    (requirement,) = required(**facts)
    assert article in requirement.article
    assert requirement.missing(set()) == requirement.capacities
    assert requirement.missing(set(requirement.capacities)) == ()


def test_an_ordinary_dispute_has_one_respondent():
    assert required(form="contract", licences=["valid", ""]) == []
