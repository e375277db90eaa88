"""Panels that rooms above put on the page of a case.

The rows of a panel come as a column beside the parties, so that the page asks no query more.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """A panel: *column* takes the case and returns an expression that gives a list of dicts.

    *read* takes that list, the ``Content`` of the reader and today, and returns what the template
    shows as ``rows``: nothing, and the panel is not there.
    """

    name: str
    column: Callable
    read: Callable
    template: str


_panels = {}


def register(panel):
    """Let *panel* stand on the pages of cases."""
    _panels[panel.name] = panel


def columns_for(case):
    """Return {name: expression} of the columns that the panels of *case* need."""
    return {f"panel_{name}": panel.column(case) for name, panel in _panels.items()}


def shown(found, content, *, today):
    """Return (template, rows) of the panels that have something to say.

    *found* takes the name of a column and returns its list.
    """
    rows = [
        (panel.template, panel.read(found(f"panel_{name}"), content, today))
        for name, panel in _panels.items()
    ]
    return [(template, read) for template, read in rows if read]
