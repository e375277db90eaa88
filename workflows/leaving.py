"""The ways out of, back from and aside of any step, as a table.

A way is offered to whoever holds one of its duties where the case is handled, as long as it
applies; its form says what follows, its verb does it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from disputes.domain import joinders, transfers
from disputes.models import Outcome, Tier
from disputes.permissions import at_desk
from workflows import courses, forms, ways

# Whoever keeps the file at the office may record what the applicant decided.
FILE_KEEPING = ("mediate", "docket_cases")
HEADS = ("assign_cases",)


def is_open(proceeding):
    """Return whether *proceeding* is under way."""
    return proceeding.closed_at is None


def is_mediation(proceeding):
    """Return whether *proceeding* is under way and mediation."""
    return is_open(proceeding) and proceeding.tier != Tier.ARBITRATION


def may_go_back(proceeding):
    """Return whether the office that sent the case of *proceeding* could get it back.

    What only ``disputes.permissions.at_desk`` tells is taken for possible without it: the verb
    asks again.
    """
    return (
        is_open(proceeding)
        and proceeding.sent_from_id is not None
        and not getattr(proceeding, "was_returned", False)
        and not getattr(proceeding, "is_placed", False)
        and not transfers.came_from_commission(proceeding)
    )


def is_undecided(proceeding):
    """Return whether *proceeding* is under way and its commission, if any, has not decided."""
    return is_open(proceeding) and getattr(proceeding, "open_names", None) != {"serve"}


def may_go_on(proceeding):
    """Return whether the office of *proceeding* may hand the case on by itself."""
    return (
        is_here(proceeding)
        and not getattr(proceeding, "was_returned", False)
        and not getattr(proceeding, "is_placed", False)
        and not transfers.came_from_commission(proceeding)
        and not (proceeding.tier == Tier.ARBITRATION and proceeding.accepted_on)
    )


def may_ask_above(proceeding):
    """Return whether those above a mediating office may be asked where the case belongs."""
    was_moved = proceeding.sent_from_id is not None and not getattr(proceeding, "is_placed", False)
    return is_mediation(proceeding) and was_moved


def is_arbitrated(proceeding):
    """Return whether *proceeding* is under way at a commission of this house."""
    return is_here(proceeding) and proceeding.tier == Tier.ARBITRATION


def is_joined(proceeding):
    """Return whether the case of *proceeding* is handled together with another."""
    return is_here(proceeding) and getattr(proceeding, "is_joined", True)


def has_step_before(proceeding):
    """Return whether the open step of *proceeding* is one from which one goes back."""
    names = getattr(proceeding, "open_names", None)
    return is_here(proceeding) and (
        names is None or ways.has_way_back(courses.flow_of(proceeding), names)
    )


def is_here(proceeding):
    """Return whether *proceeding* is under way at an office that works in this house."""
    return is_open(proceeding) and proceeding.office.handled_here


def is_reopenable(proceeding):
    """Return whether the case of *proceeding* ended in a way that can be undone."""
    return proceeding.case.ended_at is not None and proceeding.outcome in ways.REOPENABLE


def was_merged(proceeding):
    """Return whether the case of *proceeding* ended as a second report of another."""
    return proceeding.case.ended_at is not None and proceeding.outcome == Outcome.MERGED


@dataclass(frozen=True)
class Way:
    """A form, its verb, what is said when it is done, who may take it, and when it applies."""

    title: str
    form: type
    verb: Callable
    done: str
    duties: tuple
    applies: Callable = is_open


WAYS = {
    "arbitrate": Way(
        _("Straight to arbitration"),
        forms.ArbitrateForm,
        courses.leave_for_arbitration,
        _("The application waits for the applicant's signature at the commission."),
        FILE_KEEPING,
        is_mediation,
    ),
    "withdraw": Way(
        _("Withdraw the case"),
        forms.WithdrawForm,
        ways.withdraw,
        _("The case is withdrawn."),
        FILE_KEEPING,
        is_undecided,
    ),
    "handler": Way(
        _("Change the handler"),
        forms.HandlerForm,
        courses.change_handler,
        _("The file was given."),
        HEADS,
        is_here,
    ),
    "step_back": Way(
        _("Back to the step before"),
        forms.StepBackForm,
        ways.step_back,
        _("The case is one step back."),
        (*FILE_KEEPING, "arbitrate"),
        has_step_before,
    ),
    "hand_on": Way(
        _("Hand on to another office"),
        forms.HandOnForm,
        ways.hand_on,
        _("The case was handed on; its clock runs from now."),
        HEADS,
        may_go_on,
    ),
    "hand_back": Way(
        _("Return to the sender"),
        forms.HandBackForm,
        ways.hand_back,
        _("The case was returned."),
        HEADS,
        may_go_back,
    ),
    "ask_above": Way(
        _("Ask the office above to decide"),
        forms.AskAboveForm,
        ways.ask_above,
        _("The office above is asked; the case stays here until it decides."),
        HEADS,
        may_ask_above,
    ),
    "designate": Way(
        _("Record whom the authority above designates"),
        forms.DesignateForm,
        ways.designate,
        _("The designation is recorded."),
        ("decide_docket",),
        is_arbitrated,
    ),
    "join": Way(
        _("Handle together with another case"),
        forms.JoinForm,
        joinders.join,
        _("The cases are handled together."),
        HEADS,
        is_here,
    ),
    "sever": Way(
        _("Handle alone again"),
        forms.SeverForm,
        joinders.sever,
        _("The case is handled alone again."),
        HEADS,
        is_joined,
    ),
    "merge": Way(
        _("Merge into another report"),
        forms.MergeForm,
        ways.merge,
        _("The two reports are one case now; both reporters are told."),
        (*HEADS, "supervise"),
        is_here,
    ),
    "unmerge": Way(
        _("Undo the merger"),
        forms.UnmergeForm,
        ways.unmerge,
        _("The case goes on by itself again."),
        (*HEADS, "supervise"),
        was_merged,
    ),
    "reopen": Way(
        _("Reopen the case"),
        forms.ReopenForm,
        ways.reopen,
        _("The case is open again."),
        HEADS,
        is_reopenable,
    ),
    "place": Way(
        _("Decide which office handles it"),
        forms.PlaceForm,
        ways.place,
        _("The case was placed."),
        ("supervise",),
        is_here,
    ),
}
PATHS = {name: name.replace("_", "-") for name in WAYS}


def ways_for(user, case, *, on):
    """Return {name: Way} of what *user* may do with *case* on the date *on*, in the table's order.

    One query.
    """
    return ways_at(at_desk(user, case, on=on))


def ways_at(proceeding):
    """Return {name: Way} as ``ways_for``, of what ``disputes.permissions.at_desk`` answered."""
    if proceeding is None:
        return {}
    # Supervising is done from above, not at the desk itself.
    duties = set(proceeding.duties) - {"supervise"}
    if proceeding.is_supervised:
        duties.add("supervise")
    return {name: way for name, way in WAYS.items() if _is_open_to(way, duties, proceeding)}


def _is_open_to(way, duties, proceeding):
    return bool(duties.intersection(way.duties)) and way.applies(proceeding)
