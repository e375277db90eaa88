"""Invented firms: some have a mediation committee in the register, most have none."""

from dataclasses import dataclass
from random import Random

from disputes.domain.employers import employer_name
from offices.models import Office
from offices.validators import credit_code_check_character
from workflows.demo import people
from workflows.demo.words import say, words

FIRMS = 400
# Numbers below belong to registers: NNN of 锦北样例…NNN有限公司.
FIRST_NUMBER = 100


@dataclass(frozen=True)
class Employer:
    """An employer as the demo knows it; *committee* is its office or None."""

    name: str
    credit_code: str
    industry: str
    word: str
    committee: Office | None = None

    @property
    def jobs(self):
        """What people do there."""
        return next((trade["jobs"] for trade in _trades() if trade["word"] == self.word), ["职工"])


def of_committee(office):
    """Return the employer whose mediation committee is *office*."""
    name = employer_name(office)
    word = next((trade["word"] for trade in _trades() if trade["word"] in name), "")
    return Employer(name, office.credit_code, office.industry, word, office)


def draw_employer(rng, *, industry=""):
    """Return a firm without a committee, of *industry* if given; a few are met again and again."""
    while True:
        firm = _firm(min(int(rng.paretovariate(0.6)) - 1, FIRMS - 1))
        if not industry or firm.industry == industry:
            return firm
        firm = _firm(rng.randrange(FIRMS))
        if firm.industry == industry:
            return firm


def employer_facts(rng, employer):
    """Return *employer* as fields of ``Party``; two in a hundred have no credit code."""
    uncoded = employer.committee is None and rng.random() < 0.02
    return {
        "name": employer.name,
        "credit_code": "" if uncoded else employer.credit_code,
        "no_code_reason": say(rng, "no_code") if uncoded else "",
        "industry": employer.industry,
        "headcount_band": rng.choice(words()["headcounts"]),
        "phone": people.draw_phone(rng),
        "contact_name": people.draw_name(rng, rng.choice("fm")),
    }


def _firm(number):
    rng = Random(f"firm {number}")  # noqa: S311
    trade = _trades()[number % len(_trades())]
    name = f"锦北样例{trade['word']}{FIRST_NUMBER + number:03d}有限公司"
    return Employer(name, _credit_code(rng), trade["industry"], trade["word"])


def _credit_code(rng):
    first17 = f"91{people.AREA}MAE{rng.randrange(10**6):06d}"
    return first17 + credit_code_check_character(first17)


def _trades():
    return words()["trades"]
