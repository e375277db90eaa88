"""News from the record, answered in the same transaction: no case without its course."""

from django.db.models import Q

from arbitration.domain import hearings
from audit.signals import log_damaged
from disputes import signals
from disputes.domain.refusals import OfficeHasCases
from disputes.models import Deadline, Proceeding, Tier
from legal_aid.domain import consultations, reviews
from legal_aid.signals import review_left
from offices.signals import office_closing
from workflows import alarms, clocks, courses, placing, reviewing, telling


def connect():
    """Connect every receiver once."""
    signals.proceeding_opened.connect(start_course, dispatch_uid="start_course")
    signals.proceeding_opened.connect(know_consultation, dispatch_uid="know_consultation")
    signals.proceeding_closed.connect(cancel_reviews, dispatch_uid="cancel_reviews")
    review_left.connect(drop_review_step, dispatch_uid="drop_review_step")
    signals.proceeding_closed.connect(cancel_hearings, dispatch_uid="cancel_hearings")
    signals.deadline_moved.connect(echo_deadline, dispatch_uid="echo_deadline")
    signals.deadlines_moved.connect(echo_deadlines, dispatch_uid="echo_deadlines")
    signals.handler_changed.connect(hand_steps_over, dispatch_uid="hand_steps_over")
    signals.handler_changed.connect(tell_handler, dispatch_uid="tell_handler")
    signals.proceeding_opened.connect(tell_desk, dispatch_uid="tell_desk")
    signals.proceeding_opened.connect(tell_of_next, dispatch_uid="tell_of_next")
    signals.case_ended.connect(tell_reporter, dispatch_uid="tell_reporter")
    signals.cases_imported.connect(place_imported, dispatch_uid="place_imported")
    signals.agreement_submitted.connect(send_to_review, dispatch_uid="send_to_review")
    signals.agreement_reviewed.connect(take_answer, dispatch_uid="take_answer")
    signals.paper_served.connect(go_on_when_served, dispatch_uid="go_on_when_served")
    log_damaged.connect(tell_of_damaged_log, dispatch_uid="tell_of_damaged_log")
    office_closing.connect(keep_office_with_cases, dispatch_uid="keep_office_with_cases")


def start_course(sender, *, proceeding, at, by, **kwargs):
    """Start the clocks and the flow of a proceeding that was opened."""
    courses.start(proceeding, at=at, by=by)


def know_consultation(sender, *, proceeding, at, by, **kwargs):
    """Let a consultation know the case that was filed from it."""
    if proceeding.ordinal == 1:
        consultations.take_case(proceeding.case, proceeding=proceeding, at=at, by=by)


def cancel_reviews(sender, *, proceeding, at, by, **kwargs):
    """Let a lawyer's review end with the mediation that it ran beside."""
    if proceeding.tier != Tier.ARBITRATION:
        reviews.cancel_reviews(proceeding, at=at, by=by)


def drop_review_step(sender, *, review, at, by, **kwargs):
    """Let the step of a lawyer who gives no opinion stand open for nobody."""
    courses.drop_review_step(review.proceeding)


def cancel_hearings(sender, *, proceeding, at, by, **kwargs):
    """Free the room and the panel of a hearing to which nobody needs to come any more."""
    if proceeding.tier == Tier.ARBITRATION:
        hearings.cancel_hearings(proceeding, at=at, by=by)


def echo_deadline(sender, *, deadline, **kwargs):
    """Let the engine's clock follow a deadline that moved."""
    if isinstance(deadline, Deadline) and deadline.proceeding_id:
        clocks.follow(deadline)


def echo_deadlines(sender, *, deadlines, **kwargs):
    """Let the engine's clocks follow many deadlines that moved at once."""
    clocks.follow_all(deadlines)


def hand_steps_over(sender, *, proceeding, at, by, **kwargs):
    """Give the open steps of a file to the person who holds it now."""
    courses.hand_over(proceeding)


def tell_handler(sender, *, proceeding, at, by, **kwargs):
    """Tell somebody that she holds a file now."""
    telling.tell_handler(proceeding, at=at, by=by)


def tell_desk(sender, *, proceeding, at, by, **kwargs):
    """Tell a desk that a case came to it."""
    telling.tell_desk(proceeding, at=at, by=by)


def tell_of_next(sender, *, proceeding, at, **kwargs):
    """Tell who reported a case that it goes on at the next tier."""
    telling.tell_of_next(proceeding, at=at)


def tell_reporter(sender, *, case, at, **kwargs):
    """Tell who reported a case that it has ended."""
    telling.tell_reporters(case, at=at)


def place_imported(sender, *, proceedings, at, by, **kwargs):
    """Give cases that came from a ledger their places in the course."""
    placing.place(proceedings, at=at, by=by)


def send_to_review(sender, *, proceeding, applied_on, at, by, **kwargs):
    """Let the commission have an agreement that both parties want reviewed."""
    reviewing.send_to_review(proceeding, applied_on=applied_on, at=at, by=by)


def take_answer(sender, *, proceeding, result, on, at, by, **kwargs):
    """Let the mediating office know what the commission did with its agreement."""
    reviewing.take_answer(proceeding, result=result, on=on, at=at, by=by)


def go_on_when_served(sender, *, service, at, by, **kwargs):
    """Let a step that only waited for the proof of service be done."""
    courses.finish_served(service.proceeding, at=at, by=by)


def keep_office_with_cases(sender, *, office, **kwargs):
    """Let no office close while it handles cases; raises ``OfficeHasCases``."""
    handled = Proceeding.objects.filter(Q(office=office) | Q(desk=office))
    if handled.filter(closed_at__isnull=True).exists():
        raise OfficeHasCases


def tell_of_damaged_log(sender, *, verification, **kwargs):
    """Tell whoever reads the audit log that it was found damaged."""
    alarms.alarm_damaged_log(verification)
