"""What the law says of each way of serving and of each paper, as tables.

Rooms above add what begins with the service of their papers, see ``let_begin``.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from disputes.models import Party, Receiver, ServedPaper, ServiceMethod

Method, Paper = ServiceMethod, ServedPaper


@dataclass(frozen=True)
class Way:
    """One way of serving: where it is written, what proves it, and which facts it asks for.

    *term* is the rule of the days that pass before the paper counts as received.
    """

    article: str
    proof: str
    needs: tuple = ()
    term: str = ""


WAYS = {
    Method.DIRECT: Way(
        "民事诉讼法 88", _("The signature on the receipt of service, with the day."), ("signature",)
    ),
    Method.MAIL: Way(
        "民事诉讼法 91",
        _("The number of the consignment and the day on the slip that came back."),
        ("receipt",),
    ),
    Method.ELECTRONIC: Way(
        "民事诉讼法 90",
        _("The record of the system with the moment of arrival; the recipient agreed."),
        ("receipt",),
    ),
    Method.LEFT: Way(
        "民事诉讼法 89，劳动人事争议仲裁办案规则 20",
        _("Why it was refused, and two witnesses or a photo or recording."),
        ("reason", "witnesses"),
        term="SERVE_RETENTION",
    ),
    Method.PUBLIC: Way(
        "民事诉讼法 95",
        _("Where it was published, and why no other way led to the recipient."),
        ("reason", "receipt"),
        term="SERVE_PUBLIC",
    ),
    Method.VIA: Way("民事诉讼法 91", _("The reply of the body that served it."), ("receipt",)),
    Method.PASSED: Way(
        "民事诉讼法 92 93 94", _("The reply of the unit that passed it on."), ("receipt",)
    ),
    Method.SIMPLE: Way(
        "劳动人事争议仲裁办案规则 59", _("The record of the call or message."), ("receipt",)
    ),
}


@dataclass(frozen=True)
class Duty:
    """What the law asks of one paper.

    *holds* says that the case does not close before it is served, *own_hand* that only the
    recipient or who is named to receive signs for it, *formal* that it is never told by phone.
    """

    article: str
    holds: bool = False
    own_hand: bool = False
    formal: bool = False


DUTIES = {
    Paper.AGREEMENT: Duty("企业劳动争议协商调解规定 26", holds=True),
    Paper.FAILURE_NOTICE: Duty("企业劳动争议协商调解规定 30", holds=True),
    Paper.REFUSAL_NOTICE: Duty("企业劳动争议协商调解规定 22", holds=True),
    Paper.ACCEPTANCE_NOTICE: Duty("企业劳动争议协商调解规定 22"),
    Paper.APPLICATION_COPY: Duty("劳动人事争议仲裁办案规则 33"),
    Paper.DEFENCE_COPY: Duty("劳动人事争议仲裁办案规则 33"),
    Paper.HEARING_NOTICE: Duty("劳动人事争议仲裁办案规则 38"),
    Paper.AWARD: Duty("劳动争议调解仲裁法 48 50", holds=True, formal=True),
    Paper.STATEMENT: Duty("劳动争议调解仲裁法 42", holds=True, own_hand=True, formal=True),
    Paper.DECISION: Duty("劳动人事争议仲裁办案规则 30 31", holds=True),
    Paper.CORRECTION: Duty("劳动人事争议仲裁办案规则 29"),
    Paper.CHANGED_CLAIMS: Duty("劳动人事争议仲裁办案规则 44"),
    Paper.PARTIAL_AWARD: Duty("劳动争议调解仲裁法 43", holds=True, formal=True),
    Paper.ENDING: Duty("劳动人事争议仲裁办案规则 32", holds=True),
    Paper.OTHER: Duty("劳动人事争议仲裁办案规则 20"),
}
HOLDING = frozenset(paper for paper, duty in DUTIES.items() if duty.holds)

# Which issued papers are which served ones. Whatever else goes to a party is served as OTHER.
ISSUED = {
    "agreement": Paper.AGREEMENT,
    "failure_notice": Paper.FAILURE_NOTICE,
    "refusal_notice": Paper.REFUSAL_NOTICE,
    "acceptance_notice": Paper.ACCEPTANCE_NOTICE,
    "hearing_notice": Paper.HEARING_NOTICE,
    "award_paper": Paper.AWARD,
    "statement_paper": Paper.STATEMENT,
    "docket_notice": Paper.DECISION,
    "docket_refusal": Paper.DECISION,
}

# Who takes a paper for whom (民事诉讼法 article 88).
TAKING = {
    Party.Kind.WORKER: (Receiver.SELF, Receiver.FAMILY, Receiver.AGENT, Receiver.NAMED),
    Party.Kind.EMPLOYER: (Receiver.HEAD, Receiver.DESK, Receiver.AGENT, Receiver.NAMED),
}
OWN_HAND = (Receiver.SELF, Receiver.HEAD, Receiver.NAMED)

_beginnings = {}
_simplified = []


def let_begin(*papers, begin):
    """Call *begin* with ``(service, at=, by=)`` when one of *papers* was served."""
    for paper in papers:
        _beginnings[paper] = begin


def begin_of(paper):
    """Return what begins with the service of *paper*, or None."""
    return _beginnings.get(paper)


def let_simplify(asked):
    """Let *asked*, called with a proceeding, say where telephone and messages serve papers."""
    _simplified.append(asked)


def is_simple(proceeding):
    """Return whether papers of *proceeding* may be served by telephone or text message."""
    return any(asked(proceeding) for asked in _simplified)


def methods_for(proceeding, paper):
    """Return the ways in which *paper* of *proceeding* can be served."""
    duty = DUTIES[paper]
    found = [method for method in Method if not (duty.own_hand and WAYS[method].term)]
    if duty.formal or not is_simple(proceeding):
        found.remove(Method.SIMPLE)
    return found


def takers_for(party, paper):
    """Return who may take *paper* for *party*."""
    takers = TAKING[party.kind]
    return [each for each in takers if each in OWN_HAND] if DUTIES[paper].own_hand else [*takers]
