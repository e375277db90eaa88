"""Changing the law of this house: an old row ends, a new one begins, nothing is rewritten."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from law import edition
from law.models import DeadlineRule, LocalParameter
from law.refusals import WrongInput

# What a new version of a time limit may say otherwise. Its id, its starting event and its
# direction are what the product knows it by.
CHANGEABLE = (
    "title_zh",
    "title_en",
    "amount",
    "unit",
    "actor",
    "expiry",
    "party_right",
    "rolls",
    "extension_amount",
    "extension_unit",
    "extension_cap",
    "extension_approver",
    "article",
    "instrument",
    "confidence",
)


@transaction.atomic
def change_rule(rule: DeadlineRule, *, since: date, **values) -> DeadlineRule:
    """Let *rule* hold no longer than the day before *since*, and return the version after it.

    *values* are columns out of CHANGEABLE; what they leave out stays as it was. What was counted
    under *rule* keeps it. Raises WrongInput when *since* does not lie within the time in which
    *rule* holds, or when another version holds then.
    """
    current = DeadlineRule.objects.select_for_update().get(pk=rule.pk)
    facts = {
        field.attname: getattr(current, field.attname)
        for field in DeadlineRule._meta.concrete_fields
        if not field.primary_key
    }
    facts |= {name: value for name, value in values.items() if name in CHANGEABLE}
    return _succeed(current, since, facts)


@transaction.atomic
def set_figure(
    *, name: str, region: str, county: str, amount: Decimal, since: date, source: str, confidence
) -> LocalParameter:
    """Record the figure *name* of a place from the day *since* on, and return its row.

    The figure that held until then ends on the day before. Raises WrongInput when another one
    is recorded from that day on, or when the ranges would overlap.
    """
    facts = {
        "name": name,
        "region": region,
        "county": county,
        "amount": amount,
        "source": source,
        "confidence": confidence,
    }
    same = LocalParameter.objects.select_for_update().filter(
        name=name, region=region, county=county
    )
    current = same.filter(in_force__contains=since).first()
    if current is not None:
        return _succeed(current, since, facts)
    return _store(LocalParameter(**facts, in_force=DateRange(since, None)))


def _succeed(current, since, facts):
    """End *current* with the day before *since* and store a row of *facts* from then on."""
    lower, upper = current.in_force.lower, current.in_force.upper
    if lower is not None and since <= lower:
        raise WrongInput(
            _("The new version must begin after %(day)s, when the present one begins.")
            % {"day": lower.isoformat()}
        )
    if upper is not None and since >= upper:
        raise WrongInput(
            _("This version ends with %(day)s: change the one that follows it.")
            % {"day": upper.isoformat()}
        )
    current.in_force = DateRange(lower, since)
    current.save(update_fields=["in_force"])
    return _store(type(current)(**facts | {"in_force": DateRange(since, upper)}))


def _store(row):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise WrongInput(_("Another row holds on some of these days already.")) from error
    edition.recheck()
    return row
