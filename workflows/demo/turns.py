"""What happens in a case of the demo beside its steps: handed on, recused, suspended, reopened.

A turn is called with the walk, at the moment of the story, when the step is open at which the
plan has it; afterwards the step is visited again.
"""

from datetime import timedelta

from django.utils import timezone

from arbitration.domain import awards, commissioned, courts, seats, service, simplified, standstill
from arbitration.models import ClaimAward, CourtCase, Disclosure, SimplifiedProcedure, Suspension
from disputes.domain.case_papers import issue_paper
from disputes.domain.clocks import find_clock
from disputes.domain.evidence import add_evidence
from disputes.domain.recusals import ask_recusal, decide_recusal
from disputes.domain.turning import turn
from disputes.models import Party, Proceeding, Recusal, ServiceMethod
from law.grounds import grounds_of
from mediation.domain import confirmation, performance
from mediation.models import Instalment
from offices.duties import Role
from workflows import ways
from workflows.courses import change_handler
from workflows.demo.materials import make_file
from workflows.demo.words import day_words, words

# How long an employer has to answer a letter of the union.
REPLY = timedelta(days=2)


def hand_on(walk):
    """The case belongs to another district."""
    others = [office for office in walk.stage.centres if office != walk.proceeding.office]
    ways.hand_on(walk.proceeding, office=others[0], reason=_why(walk, "hand_on"), **_by_head(walk))


def hand_back(walk):
    """The other district sends it back."""
    ways.hand_back(walk.proceeding, reason=_why(walk, "hand_back"), **_by_head(walk))


def step_back(walk):
    """Something was overlooked."""
    ways.step_back(walk.proceeding, reason=_why(walk, "step_back"), **_by_head(walk))


def reopen(walk):
    """The applicant comes again."""
    walk.proceeding = ways.reopen(walk.proceeding, reason=_why(walk, "reopen"), **_by_head(walk))


def merge(walk):
    """The matter was reported before, through another door."""
    same = Party.objects.filter(id_index=walk.worker.id_index).exclude(case=walk.case)
    other = Proceeding.objects.filter(case__parties__in=same, closed_at=None).order_by("pk").first()
    if other:
        ways.merge(walk.proceeding, other=other, reason=_why(walk, "merge"), **_by_head(walk))


def recuse(walk):
    """The mediator keeps away, and the head takes the file."""
    person, head = walk.proceeding.handler, _head(walk)
    if person in (None, head):
        return
    recusal = ask_recusal(
        walk.proceeding, person=person, asker=Recusal.Asker.RESPONDENT, form=Recusal.Form.ORAL,
        ground=Recusal.Ground.OTHER, reason=_why(walk, "recuse"), asked_on=walk.today,
        at=walk.at, by=person,
    )  # fmt: skip
    decide_recusal(recusal, granted=True, decision=_why(walk, "recused"), at=walk.at, by=head)
    walk.proceeding.refresh_from_db()
    change_handler(
        walk.proceeding, handler=head, reason=_why(walk, "recused"), conflict_declared=True,
        at=walk.at, by=head,
    )  # fmt: skip


def stand_still(walk):
    """The term of mediation stands still while a party cannot take part."""
    deadline = find_clock(walk.case, "MED_CLOSE", proceeding=walk.proceeding)
    by = walk.proceeding.handler or _head(walk)
    paper = add_evidence(
        walk.proceeding, file=make_file(walk, words()["standstill_paper"]), at=walk.at, by=by
    )
    ground = grounds_of(deadline.rule, "suspend")[0].code
    turn(
        deadline, "suspend", on=walk.today, reason=_why(walk, "suspend"), ground=ground,
        evidence=paper, approved_by=None, notified_on=walk.today, at=walk.at, by=by,
    )  # fmt: skip


def suspend(walk):
    """The commission waits for an injury finding."""
    standstill.suspend(
        walk.proceeding, ground=Suspension.Ground.APPRAISAL, reason=_why(walk, "suspend"),
        since=walk.today, notified_on=walk.today, approved_by=_head(walk),
        file=make_file(walk, words()["injury_paper"]), at=walk.at, by=_clerk(walk),
    )  # fmt: skip


def resume(walk):
    """The finding is there."""
    standstill.resume(
        walk.proceeding, resumed_on=walk.today, reason=_why(walk, "resume"), at=walk.at,
        by=_clerk(walk),
    )  # fmt: skip


def simplify(walk):
    """The head orders the simplified procedure."""
    head = _head(walk)
    simplified.simplify(
        walk.proceeding, ground=SimplifiedProcedure.Ground.CLEAR, decided_on=walk.today,
        decided_by=head, harmless=True, at=walk.at, by=head,
    )  # fmt: skip


def commission(walk):
    """A mediation organisation tries before the hearing."""
    commissioned.commission(
        walk.proceeding, mediator=words()["commissioned_to"], applicant_agreed_on=walk.today,
        respondent_agreed_on=walk.today, at=walk.at, by=_clerk(walk),
    )  # fmt: skip


def come_back(walk):
    """It has not succeeded."""
    commissioned.report(
        walk.proceeding, result="failed", ended_on=walk.today, at=walk.at, by=_clerk(walk)
    )


def disclose(walk):
    """The arbitrator discloses something, and stays."""
    person = walk.proceeding.arbitral_panel.presiding
    row = seats.disclose(
        walk.proceeding, person=person, relation=Disclosure.Relation.OTHER,
        text=_why(walk, "disclose"), disclosed_on=walk.today, at=walk.at, by=person,
    )  # fmt: skip
    head = _head(walk)
    if head != person:
        seats.decide_disclosure(
            walk.proceeding, disclosure=row, stays=True, reasons=_why(walk, "disclosed"),
            decided_on=walk.today, decided_by=head, at=walk.at, by=head,
        )  # fmt: skip


def decide_part(walk):
    """What is clear already is decided and served first."""
    row = {
        "claim": walk.claims[0], "supported": ClaimAward.Supported.FULL, "amount_awarded": None,
        "paper": "", "override_reason": "",
    }  # fmt: skip
    by = walk.proceeding.arbitral_panel.presiding
    awards.decide_part(
        walk.proceeding, decided_on=walk.today, reasons=walk.say("award_reasons"), claims=[row],
        at=walk.at, by=by,
    )  # fmt: skip
    services = [
        {
            "party": party,
            "served_on": walk.today,
            "method": ServiceMethod.DIRECT,
            "receipt": words()["award_receipts"][party.kind == Party.Kind.EMPLOYER],
        }
        for party in service.without_part(walk.proceeding)
    ]
    service.serve_part(walk.proceeding, services=services, at=walk.at, by=_clerk(walk))


def set_aside(walk):
    """The employer asks the court to set the final award aside."""
    _go_to_court(walk, CourtCase.Kind.SETASIDE, walk.employer)


def perform(walk):
    """What is due first under the agreement is paid."""
    row = Instalment.objects.filter(term__agreement__proceeding=walk.proceeding).first()
    if row:
        performance.note_performance(
            row, state=Instalment.State.PERFORMED, performed_on=walk.today,
            proof=words()["performance_proof"], at=walk.at, by=walk.proceeding.handler,
        )  # fmt: skip


def confirm(walk):
    """Both parties ask the court to confirm the agreement."""
    performance.apply_jointly(
        walk.proceeding.agreement, way="court", applied_on=walk.today, at=walk.at,
        by=walk.proceeding.handler,
    )  # fmt: skip


def confirmed(walk):
    """The court confirms it."""
    confirmation.note_result(
        walk.proceeding.agreement, result="granted", result_on=walk.today,
        number=words()["confirmation_number"] % walk.today.year, at=walk.at,
        by=walk.proceeding.handler,
    )  # fmt: skip


def send_opinion(walk):
    """The union's supervisors tell the employer in writing what it has to mend, and by when."""
    until = walk.today + REPLY
    typed = {**words()["letters"]["letter_opinion"], "回复期限": day_words(until)}
    typed["监督事实"] = walk.case.facts
    issue_paper(walk.proceeding, "letter_opinion", typed=typed, at=walk.at, by=_by(walk))


def send_proposal(walk):
    """Nothing was mended: the labour bureau is asked to act."""
    opinion = walk.case.papers.get(paper__kind="letter_opinion").paper
    typed = {
        **words()["letters"]["letter_proposal"],
        "意见书日期": day_words(timezone.localdate(opinion.issued_at)),
        "意见书文号": opinion.number,
        "监督事实": walk.case.facts,
    }
    issue_paper(walk.proceeding, "letter_proposal", typed=typed, at=walk.at, by=_by(walk))


def _by(walk):
    """Who supervises does not mediate for the same employer (conflict rule C7)."""
    return walk.stage.person(walk.stage.federation, Role.FEDERATION_CLERK)


def sue(walk):
    """The worker sues."""
    _go_to_court(walk, CourtCase.Kind.SUIT, walk.worker)


def _go_to_court(walk, kind, party):
    courts.note_filing(
        walk.proceeding, kind=kind, party=party, court=words()["courts"][kind], filed_on=walk.today,
        number="", at=walk.at, by=_clerk(walk),
    )  # fmt: skip


TURNS = {
    turn_.__name__: turn_
    for turn_ in (
        hand_on, hand_back, step_back, reopen, merge, recuse, stand_still, suspend, resume,
        simplify, commission, come_back, disclose, decide_part, set_aside, sue, perform, confirm,
        confirmed, send_opinion, send_proposal,
    )
}  # fmt: skip
# Working days from the moment at which the step is open, or the case has ended.
PACES = {
    "confirmed": 3,
    "send_proposal": 3,
    "resume": 12,
    "come_back": 5,
    "reopen": 4,
    "set_aside": 8,
    "sue": 6,
    "hand_back": 2,
}


def pace_of(name):
    """Return after how many working days the turn *name* comes."""
    return PACES.get(name, 1)


def _why(walk, topic):
    return words()["turns"][topic]


def _by_head(walk):
    return {"at": walk.at, "by": _head(walk)}


def _head(walk):
    is_arbitrated = walk.proceeding.tier == 3
    role = Role.COMMISSION_HEAD if is_arbitrated else Role.HEAD
    return walk.stage.person(walk.proceeding.office, role)


def _clerk(walk):
    return walk.stage.person(walk.proceeding.office, Role.ARBITRATION_CLERK)
