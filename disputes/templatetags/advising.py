"""What the law says about a case, on its pages: `{% load advising %}`."""

from dataclasses import dataclass

from django import template

from disputes.domain.advice import Advice, advise

register = template.Library()


@dataclass(frozen=True)
class Told:
    """The *parties* and *claims* of a case, each asked for once, and the *advice* on them."""

    parties: list
    claims: list
    advice: Advice


@register.simple_tag
def told_of(case):
    """Return what is ``Told`` of *case*, in two queries."""
    parties, claims = list(case.parties.all()), list(case.claims.all())
    return Told(parties, claims, advise(case, parties, claims))
