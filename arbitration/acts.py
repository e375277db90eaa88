"""What may be done at the desk beside the steps of the course, as a table.

Each act has a form, a verb, the duties of which one is needed, when it applies, and the part of
the desk on which it is offered. Acts that move the course are in ``workflows``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from arbitration.domain import (
    awards,
    claims,
    collective,
    commissioned,
    courts,
    enforcement,
    extension,
    parties,
    postponements,
    proof,
    seats,
    service,
    simplified,
    standstill,
)
from arbitration.forms.desk import awards as award_forms
from arbitration.forms.desk import claims as claim_forms
from arbitration.forms.desk import courts as court_forms
from arbitration.forms.desk import hearings as hearing_forms
from arbitration.forms.desk import parties as party_forms
from arbitration.forms.desk import procedure as procedure_forms
from arbitration.forms.desk import proof as proof_forms
from arbitration.forms.desk import seats as seat_forms
from disputes.domain import proof as exchanges
from disputes.forms import exchange as lists

CLERK = ("docket_cases",)
HEAD = ("decide_docket",)
PANEL = ("arbitrate",)
BOTH = (*CLERK, *PANEL)
PARTS = ("procedure", "proof", "hearings", "decisions")


@dataclass(frozen=True)
class Act:
    """One thing to do; *quick* ones stand on the case page too."""

    form: type
    verb: Callable
    duties: tuple
    applies: Callable
    part: str = "procedure"
    quick: bool = False

    @property
    def title(self):
        return self.form.title


def is_docketed(file):
    """Return whether the case is under way before the panel, without a decision."""
    return file.is_docketed


def _runs(file):
    return file.is_docketed and not file.is_suspended


def _note_outcome(proceeding, *, court_case, **facts):
    return courts.note_outcome(court_case, **facts)


ACTS = {
    "motion": Act(
        claim_forms.MotionForm, claims.decide_motion, BOTH, lambda file: file.is_docketed,
        quick=True,
    ),
    "answer": Act(
        claim_forms.AnswerForm, claims.record_answer, CLERK,
        lambda file: file.is_docketed and any(_waits_for_answer(row) for row in file.motions),
    ),
    "party": Act(
        party_forms.AddPartyForm, parties.add_party, BOTH, lambda file: file.is_docketed,
        quick=True,
    ),
    "objection": Act(
        party_forms.ObjectionForm, parties.raise_objection, CLERK,
        lambda file: file.is_docketed and not file.has_open_objection,
    ),
    "objection-rejected": Act(
        party_forms.RejectObjectionForm, parties.decide_objection, HEAD,
        lambda file: file.is_docketed and file.has_open_objection,
    ),
    "collective-notice": Act(
        procedure_forms.CollectiveNoticeForm, collective.notify, CLERK,
        lambda file: file.is_docketed
        and file.case.collective
        and file.panel is not None
        and file.one("collective_notice") is None,
        quick=True,
    ),
    "disclosure": Act(
        seat_forms.DiscloseForm, seats.disclose, BOTH,
        lambda file: file.is_docketed and file.panel is not None,
    ),
    "disclosure-decision": Act(
        seat_forms.DecideDisclosureForm, seats.decide_disclosure, HEAD,
        lambda file: file.is_docketed and any(row.stays is None for row in file.disclosures),
    ),
    "seat": Act(
        seat_forms.ChangeMemberForm, seats.change_member, (*CLERK, *HEAD),
        lambda file: file.is_docketed and file.panel is not None,
    ),
    "simplified": Act(
        procedure_forms.SimplifyForm, simplified.simplify, HEAD,
        lambda file: file.is_docketed and file.one("simplified") is None,
    ),
    "ordinary": Act(
        procedure_forms.ConvertForm, simplified.convert, (*HEAD, *PANEL),
        lambda file: file.is_docketed and file.is_simplified,
    ),
    "commission": Act(
        procedure_forms.CommissionForm, commissioned.commission, PANEL,
        lambda file: _runs(file) and file.panel is not None and not file.is_commissioned,
    ),
    "commission-result": Act(
        procedure_forms.ReportForm, commissioned.report, BOTH,
        lambda file: file.is_docketed and file.is_commissioned,
    ),
    "extension": Act(
        procedure_forms.ExtendForm, extension.extend_award, HEAD,
        lambda file: file.is_docketed and file.one("award_extension") is None,
        quick=True,
    ),
    "suspension": Act(procedure_forms.SuspendForm, standstill.suspend, HEAD, _runs, quick=True),
    "resumption": Act(
        procedure_forms.ResumeForm, standstill.resume, (*HEAD, *PANEL),
        lambda file: file.is_open and file.is_suspended,
        quick=True,
    ),
    "proof-period": Act(
        proof_forms.ProofPeriodForm, proof.set_period, BOTH, lambda file: file.is_docketed, "proof"
    ),
    "proof-list": Act(
        proof_forms.ProofListForm, proof.hand_in, CLERK, lambda file: file.is_docketed, "proof",
        quick=True,
    ),
    "proof-exchange": Act(
        lists.ExchangeForm, exchanges.exchange, CLERK,
        lambda file: file.is_docketed and any(row.exchanged_on is None for row in file.proof),
        "proof",
    ),
    "proof-opinion": Act(
        lists.OpinionForm, exchanges.say, BOTH,
        lambda file: file.is_docketed and bool(file.proof),
        "proof",
    ),
    "signatures": Act(
        hearing_forms.SignRecordForm, postponements.sign_record, BOTH,
        lambda file: file.is_open and file.unsigned is not None,
        "hearings",
    ),
    "advance": Act(
        award_forms.AdvanceForm, enforcement.decide_advance, PANEL,
        lambda file: _runs(file) and file.panel is not None and file.decision is None,
        "decisions",
    ),
    "partial-award": Act(
        award_forms.PartialAwardForm, awards.decide_part, PANEL,
        lambda file: _runs(file) and file.was_heard and not file.decisions,
        "decisions",
    ),
    "partial-service": Act(
        award_forms.ServePartForm, service.serve_part, CLERK,
        lambda file: file.is_open and file.part is not None and bool(file.without_part),
        "decisions",
    ),
    "court": Act(
        court_forms.CourtFilingForm, courts.note_filing, CLERK,
        lambda file: file.may_go_to_court,
        "decisions",
    ),
    "court-outcome": Act(
        court_forms.CourtOutcomeForm, _note_outcome, CLERK,
        lambda file: any(not row.outcome for row in file.court_cases),
        "decisions",
    ),
}  # fmt: skip


def acts_for(file, *, part=None, quick=False):
    """Return {name: Act} of what the holder of the duties of *file* may do now.

    Of one *part* of the desk, or only the *quick* ones.
    """
    return {
        name: act
        for name, act in ACTS.items()
        if (part is None or act.part == part)
        and (act.quick or not quick)
        and file.duties.intersection(act.duties)
        and act.applies(file)
    }


def _waits_for_answer(motion):
    return (
        motion.kind in claims.NEW_TERM
        and motion.result == "accepted"
        and not motion.term_waived
        and motion.answered_on is None
    )
