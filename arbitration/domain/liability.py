"""Who of several respondents bears what is awarded."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told
from arbitration.models import ClaimAward, Liability
from disputes.models import Party

NONE = ClaimAward.Supported.NONE


class NobodyLiable(Told):
    """Something is granted, and nobody is to bear it."""

    sentence = _("Say which of the respondents bears this, alone or together.")


def respondents_of(proceeding):
    """Return the respondents of the case of *proceeding* in the order in which they were named."""
    return list(proceeding.case.parties.filter(role=Party.Role.RESPONDENT).order_by("pk"))


def read_liable(proceeding, claims):
    """Return {claim id: respondents who bear it} for *claims*, dicts with ``claim``, ``supported``.

    A dict without ``liable`` means all of them together; with one respondent nothing is kept, nor
    of counterclaims and of what is rejected. Raises ``NobodyLiable`` beside the claim's field.
    """
    respondents = respondents_of(proceeding)
    if len(respondents) < 2:
        return {}
    found = {}
    for facts in claims:
        claim, liable = facts["claim"], facts.get("liable")
        if claim.counter or facts["supported"] == NONE:
            continue
        chosen = respondents if liable is None else [row for row in respondents if row in liable]
        if not chosen:
            raise NobodyLiable(field=f"liable_{claim.pk}")
        found[claim.pk] = chosen
    return found


def note_liable(awards, liable):
    """Keep who bears each of *awards*; *liable* is what ``read_liable`` returned."""
    Liability.objects.bulk_create(
        [
            Liability(award=award, party=party)
            for award in awards
            for party in liable.get(award.claim_id, ())
        ]
    )
