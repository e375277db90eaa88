"""Whether a paper can be served like this, and from which day it counts."""

import re

from django.utils.translation import gettext_lazy as _

from disputes.domain.days import check_day
from disputes.domain.refusals import Missing
from disputes.domain.service.refusals import (
    AwardsAreFormal,
    FormalService,
    NoElectronicService,
    NotByThisWay,
    NotTheirHousehold,
    OnlyInPerson,
    WitnessesMissing,
)
from disputes.domain.service.table import DUTIES, WAYS, is_simple, takers_for
from disputes.look.masks import mask_name
from disputes.models import Party, Receiver, ServiceMethod
from law.calendar import load_calendar
from law.deadlines import compute
from law.rules import rule_on

TWO_NAMES = re.compile(r"\S[、,，;；\s]+\S")


def counts_from(served_on, method):
    """Return the date that counts as that of receipt of a paper served on *served_on*.

    A paper left at the address counts as received after 3 working days (劳动人事争议仲裁办案规则
    article 20), one published after 30 days (民事诉讼法 article 95), as the rules of law say.
    """
    term = WAYS[method].term
    return (
        compute(rule_on(term, served_on), served_on, load_calendar()).legal if term else served_on
    )


def shown_name(party):
    """Return the name of *party* as pages show it: that of a person masked."""
    return mask_name(party.name) if party.kind == Party.Kind.WORKER else party.name


def check_way(proceeding, party, *, paper, method, name="{}"):
    """Raise a ``Refusal`` when *paper* cannot be served on *party* by *method*.

    *name* is the pattern of the names of the form's fields.
    """
    field = name.format("method")
    if not method:
        raise Missing(field=field, what=_("how it was served"))
    if DUTIES[paper].own_hand and WAYS[method].term:
        raise NotByThisWay(field=field)
    if method == ServiceMethod.SIMPLE:
        if DUTIES[paper].formal:
            raise AwardsAreFormal(field=field)
        if not is_simple(proceeding):
            raise FormalService(field=field)
    if method == ServiceMethod.ELECTRONIC and not party.accepts_e_service:
        raise NoElectronicService(field=field, party=shown_name(party))


def check_proof(
    proceeding,
    party,
    *,
    paper,
    method,
    served_on,
    today,
    sent_on=None,
    after=None,
    what="",
    name="{}",
    **facts,
):
    """Raise a ``Refusal`` when this does not prove that *paper* reached *party* on *served_on*.

    *after* is the date before which it cannot have been, *what* says in words what was then.
    *facts* are receipt, signed, reason, witnesses, relation, received_by, proof.
    """
    check_day(served_on, field=name.format("served_on"), today=today, after=after, what=what)
    if sent_on:
        sending = {"after": sent_on, "what": _("when it was sent")}
        check_day(served_on, field=name.format("served_on"), today=today, **sending)
    check_way(proceeding, party, paper=paper, method=method, name=name)
    _check_needs(method, facts, name)
    _check_taker(party, paper, facts, name)


def is_proved(*, method, receipt="", signed=False, proof=None, reason="", witnesses="", **rest):
    """Return whether these facts prove a service by *method*."""
    needs = WAYS[method].needs
    if "reason" in needs and not reason.strip():
        return False
    if "witnesses" in needs:
        return bool(proof or TWO_NAMES.search(witnesses.strip()))
    if "receipt" in needs:
        return bool(receipt.strip())
    return bool(receipt.strip() or signed or proof)


def _check_needs(method, facts, name):
    needs = WAYS[method].needs
    if "reason" in needs and not facts.get("reason", "").strip():
        raise Missing(field=name.format("reason"), what=_("why it was served like this"))
    if "witnesses" in needs and not facts.get("proof"):
        if not TWO_NAMES.search(facts.get("witnesses", "").strip()):
            raise WitnessesMissing(field=name.format("witnesses"))
    elif not is_proved(method=method, **facts):
        raise Missing(field=name.format("receipt"), what=_("what proves the service"))


def _check_taker(party, paper, facts, name):
    relation = facts.get("relation")
    if not relation:
        return
    if relation not in takers_for(party, paper):
        refusal = OnlyInPerson if DUTIES[paper].own_hand else NotTheirHousehold
        raise refusal(field=name.format("relation"), **_named(refusal, party))
    if relation != Receiver.SELF and not facts.get("received_by", "").strip():
        raise Missing(field=name.format("received_by"), what=_("who signed for it"))


def _named(refusal, party):
    return {"party": shown_name(party)} if refusal is NotTheirHousehold else {}
