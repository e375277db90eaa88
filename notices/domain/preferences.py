"""Where, when and of what a person wants to be told."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from notices.catalogue import CHOSEN, choices_of, how_of
from notices.models import OUTSIDE, Contact, Preference
from offices.refusals import Refusal


class QuietHoursHalf(Refusal):
    """Quiet hours that begin and never end, or the other way round."""

    sentence = _("Say both when the quiet hours begin and when they end, or neither.")
    field = "quiet_until"


@transaction.atomic
def reach(user, *, email, mobile, quiet_from, quiet_until, digest_at):
    """Keep where *user* is reached: mail address, mobile phone, quiet hours, hour of the digest.

    Addresses may be empty, quiet hours None. Raises ``QuietHoursHalf``.
    """
    if (quiet_from is None) != (quiet_until is None):
        raise QuietHoursHalf
    if quiet_from == quiet_until:
        quiet_from = quiet_until = None
    user.email = email
    user.save(update_fields=["email"])
    facts = {"mobile": mobile, "quiet_from": quiet_from, "quiet_until": quiet_until}
    return Contact.objects.update_or_create(user=user, defaults=facts | {"digest_at": digest_at})[0]


@transaction.atomic
def choose(user, choices):
    """Keep what *user* chose: {(kind, channel): a ``How``}; what is the usual needs no row."""
    Preference.objects.filter(user=user).delete()
    Preference.objects.bulk_create(
        [
            Preference(user=user, kind=kind, channel=channel, how=how)
            for (kind, channel), how in choices.items()
            if len(choices_of(kind, channel)) > 1 and how != how_of(None, kind, channel)
        ]
    )


def choices_now(user):
    """Return {(kind, channel): the ``How`` that holds for *user*} for everything to choose."""
    rows = Preference.objects.filter(user=user).values_list("kind", "channel", "how")
    chosen = {(kind, channel): how for kind, channel, how in rows}
    return {
        (kind, channel): how_of(chosen.get((kind, channel)), kind, channel)
        for kind in CHOSEN
        for channel in OUTSIDE
    }
