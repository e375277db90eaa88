"""Writing down what happened."""

from disputes import signals
from disputes.models import Level, TimelineEntry

Kind = TimelineEntry.Kind
Reach = TimelineEntry.Reach


def record(
    case,
    verb,
    *,
    at,
    by=None,
    proceeding=None,
    kind=Kind.COURSE,
    reach=Reach.ALL,
    level=Level.CASE,
    text="",
    key=False,
    **facts,
):
    """Write an entry into the timeline of *case*.

    *verb* is a msgid marked with ``gettext_noop`` whose ``%(name)s`` places *facts* fill; dates
    among the facts are written as ISO text. *text* is what somebody said or noted, in her own
    words. *reach* says which other offices read it.
    """
    entry = TimelineEntry.objects.create(
        case=case,
        proceeding=proceeding,
        at=at,
        kind=kind,
        verb=verb,
        facts={name: str(value) for name, value in facts.items()},
        text=text,
        key=key,
        level=level,
        reach=reach,
        actor=by,
    )
    signals.entry_recorded.send(TimelineEntry, entry=entry)
    return entry
