"""Every kind of news: how it usually goes out, whether it must, and the words it goes out in.

Words that leave the house name nobody and tell nothing of a case: what happened is behind the
link, which asks for a login and then for permission.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from notices.models.kinds import Kind
from notices.models.message import Channel
from notices.models.preference import OUTSIDE, How

# What a text may name. Nothing else is known where it is put together.
PLACES = {
    "house": _("name of the federation"),
    "kind": _("what it is about, as in this list"),
    "link": _("address of the notice, behind the login"),
    "count": _("number of notices, in a digest"),
}
SUBJECT = _("[{house}] {kind}")
SHORT = _("[{house}] {kind}. Log in: {link}")


@dataclass(frozen=True)
class Entry:
    """How one kind goes out. What *must* be told is sent at once, also at night."""

    text: str
    mail: str = How.NOW
    short: str = How.OFF
    must: bool = False
    # The law or rule for whose sake it must.
    source: str = ""

    def usual(self, channel):
        """Return when a person who chose nothing is told on *channel*."""
        return self.mail if channel == Channel.MAIL else self.short


CATALOGUE = {
    Kind.ASSIGNED: Entry(
        _("A case was assigned to you.\n\nOpen it after logging in: {link}"), short=How.NOW
    ),
    Kind.HANDED_OVER: Entry(
        _("A case was handed over to your office.\n\nOpen it after logging in: {link}")
    ),
    Kind.DEADLINE: Entry(
        _(
            "A time limit of the law ends soon in a case of yours.\n\n"
            "See it after logging in: {link}"
        ),
        must=True,
        source=_("Law on Mediation and Arbitration of Labour Disputes, articles 14, 29, 43"),
    ),
    Kind.OVERDUE: Entry(
        _("A time limit of the law has passed in your office.\n\nSee it after logging in: {link}"),
        short=How.NOW,
        must=True,
        source=_("Law on Mediation and Arbitration of Labour Disputes, articles 14, 29, 43"),
    ),
    Kind.MOVED: Entry(
        _("A time limit was counted again.\n\nSee it after logging in: {link}"), mail=How.DIGEST
    ),
    Kind.HEARING: Entry(
        _("A hearing was set or cancelled.\n\nSee it after logging in: {link}"),
        short=How.NOW,
        must=True,
        source=_("Law on Mediation and Arbitration of Labour Disputes, article 35"),
    ),
    Kind.MEETING: Entry(
        _("There is news of a meeting.\n\nSee it after logging in: {link}"), short=How.NOW
    ),
    Kind.INSTALMENT: Entry(
        _("An agreement is to be performed these days.\n\nSee it after logging in: {link}")
    ),
    Kind.AID: Entry(_("Legal aid was decided on.\n\nSee it after logging in: {link}")),
    Kind.RESULT: Entry(
        _("A case that you reported has ended.\n\nSee its result after logging in: {link}")
    ),
    Kind.COURSE: Entry(
        _("There is news of a case.\n\nSee it after logging in: {link}"), mail=How.DIGEST
    ),
    Kind.FAULT: Entry(
        _("The system needs somebody to look at it.\n\nSee it after logging in: {link}"),
        short=How.NOW,
        must=True,
        source=_("GB/T 22239-2019, level 3"),
    ),
    Kind.DIGEST: Entry(
        _("You have {count} new notices.\n\nRead them after logging in: {link}"), must=True
    ),
}
# What a person may choose about.
CHOSEN = [kind for kind in CATALOGUE if kind != Kind.DIGEST]


def how_of(chosen, kind, channel):
    """Return when somebody is told of *kind* on *channel*, who chose *chosen* or nothing (None).

    What must be told is told at once by mail whatever she chose.
    """
    entry = CATALOGUE[kind]
    if entry.must and channel == Channel.MAIL:
        return How.NOW
    return chosen or entry.usual(channel)


def choices_of(kind, channel):
    """Return what a person may choose for *kind* on *channel*: one thing where it must be told."""
    if CATALOGUE[kind].must and channel == Channel.MAIL:
        return [(How.NOW.value, How.NOW.label)]
    return How.choices


__all__ = ["CATALOGUE", "CHOSEN", "OUTSIDE", "PLACES", "SHORT", "SUBJECT", "choices_of", "how_of"]
