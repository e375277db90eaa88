"""What a mail about a meeting says: whole without its calendar entry, and nothing confidential."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from disputes.look.words import say_moment, say_time
from mediation.models import Meeting

TEMPLATE = "meetings/letter.html"


@dataclass(frozen=True)
class Letter:
    """A mail as plain text and as HTML; both say the same."""

    subject: str
    text: str
    html: str


def letter(meeting, *, name, what, token="", before="", dates=(), gone=()):
    """Return the ``Letter`` to *name* about *meeting*.

    *what* says in a word what it is: invitation, changed, cancelled. *before* is how the meeting
    was, *dates* and *gone* are meetings that take place and that do not. With a *token* she may
    answer; without there is nothing to answer.
    """
    with translation.override(settings.LANGUAGE_CODE):
        when = f"{say_moment(meeting.starts_at)}–{say_time(meeting.ends_at)}"
        parts = {
            "name": name,
            "what": what,
            "meeting": meeting.name,
            "changes": _changes(before, when, meeting),
            "facts": _facts(meeting, when, before),
            "dates": [say_moment(each.starts_at) for each in dates],
            "gone": [say_moment(each.starts_at) for each in gone],
            "closing": "" if token else _("Nothing needs to be answered."),
            "answer": _address("meeting_answer", token) if token else "",
            "page": settings.SITE_URL + meeting.get_absolute_url(),
        }
        subject = _("%(what)s: %(meeting)s, %(when)s") % {
            "what": what, "meeting": meeting.name, "when": when,
        }  # fmt: skip
        return Letter(subject, _text(parts), render_to_string(TEMPLATE, parts))


def _changes(before, when, meeting):
    if meeting.status == Meeting.Status.CANCELLED:
        return [(_("Does not take place"), when)]
    if not before:
        return []
    return [(_("Was"), before), (_("Is now"), f"{when} {meeting.where}".strip())]


def _facts(meeting, when, before):
    found = [
        (_("Place"), meeting.where or _("video meeting")),
        (_("Convened by"), meeting.office.name),
    ]
    said = before or meeting.status == Meeting.Status.CANCELLED
    return found if said else [(_("Time"), when), *found]


def _text(parts):
    lines = [_("%(name)s:") % parts, "", _("%(what)s: %(meeting)s") % parts]
    pairs = [*parts["changes"], *parts["facts"]]
    lines += [_("%(label)s: %(value)s") % {"label": one, "value": two} for one, two in pairs]
    for title, days in ((_("Dates"), parts["dates"]), (_("No longer"), parts["gone"])):
        if days:
            lines += ["", _("%(what)s:") % {"what": title}, *(f"- {day}" for day in days)]
    lines.append("")
    if parts["answer"]:
        said = {"address": parts["answer"]}
        lines.append(_("Answer here, no account is needed: %(address)s") % said)
        said = {"address": parts["page"]}
        lines.append(_("The agenda is shown after you log in: %(address)s") % said)
    else:
        lines.append(parts["closing"])
    return "\n".join(lines)


def _address(name, token):
    return settings.SITE_URL + reverse(name, args=[token])
