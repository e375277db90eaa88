"""Sending something to another agency and hearing of it again: receipt, return, result."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from disputes.domain.consents import agreed_to_sharing
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Kind as Entry
from disputes.domain.timeline import record
from disputes.models import CaseGrant
from disputes.permissions import hidden_cases, readable_cases
from law.calendar import load_calendar
from mediation.domain.meetings.people import current_officers
from mediation.models import Dispatch
from notices.domain.inbox import notify
from notices.models import Notice
from offices.domain.standing import standing_of
from offices.models import Office, Posting, User

State = Dispatch.State
# Who speaks for an office towards others.
SPEAKING = (
    "convene_meetings", "answer_meetings", "accept_cases", "decide_docket", "administer_aid",
)  # fmt: skip
SPEAKERS = (
    "coordinator", "court_liaison", "labour_liaison", "justice_liaison", "head",
    "commission_head", "aid_administrator",
)  # fmt: skip
# How long the receiver reads a case after the result is due, in calendar days.
READS_ON = timedelta(days=30)


class ConsentNeeded(Refusal):
    """Some things leave the house only when both parties want it."""

    sentence = gettext_lazy("This is sent only with the consent of both parties. Confirm it.")
    field = "consent"


class NotThisReceiver(Refusal):
    """The kind names who receives it."""

    sentence = gettext_lazy("This kind of dispatch goes to: %(receiver)s.")
    field = "receiver"


class CaseNotHers(Refusal):
    """Nobody sends on what she does not read."""

    sentence = gettext_lazy("You do not read this case, so you cannot send it.")
    field = "case"


class CaseNotShared(Refusal):
    """Personal data leave the house only with the consent of whom they are about."""

    sentence = gettext_lazy(
        "The applicant has not agreed to personal data being passed on to: %(receiver)s. Record it"
        " among the consents of the case, or send the letter without the case."
    )
    field = "with_case"


class NotThisStep(Refusal):
    """Sent, received, answered: one after the other."""

    sentence = gettext_lazy("This dispatch is not at this point any more. Look at it again.")


class ReturnedBefore(Refusal):
    """One return at most: nothing travels to and fro."""

    sentence = gettext_lazy(
        "It was sent back once already and cannot be sent back again. Receive it, and say in the"
        " result what stands in the way."
    )
    field = "return_reason"


def speaking_offices(user, *, on):
    """Return the ids of the offices for which *user* sends and receives on the date *on*."""
    return standing_of(user, on=on).offices(*SPEAKING)


def visible_dispatches(user, *, on):
    """Return what the offices of *user* sent or received, as a queryset; she speaks for them.

    Not what is about a case that a wall or a seal hides from her.
    """
    offices = speaking_offices(user, on=on)
    if not offices:
        return Dispatch.objects.none()
    rows = Dispatch.objects.filter(Q(sender__in=offices) | Q(receiver__in=offices))
    return rows.exclude(case__in=hidden_cases(user, on=on))


def receivers_of(kind, *, county="", sender=None):
    """Return the offices that take a dispatch of *kind*, those of the *county* first."""
    rows = Office.objects.filter(kind=kind.receiver, is_active=True).exclude(pk=sender)
    near = [row for row in rows if county and row.county == county]
    return near + [row for row in rows if row not in near]


def officer_of(office, *, on):
    """Return the liaison officer through whom *office* is reached on the date *on*, or None.

    A first; B where there is no A, or where the account of A serves nowhere any more.
    """
    rows = current_officers(on).filter(office=office).select_related("user").order_by("rank", "pk")
    serving = set(Posting.objects.active(on).filter(office=office).values_list("user", flat=True))
    return next((row for row in rows if row.user_id is None or row.user_id in serving), None)


def due_dates(kind, *, at):
    """Return (receipt, result or None): the dates on which they are due after a dispatch *at*.

    Working days, counted from the day after the dispatch.
    """
    day, calendar = timezone.localdate(at), load_calendar()
    answer = calendar.workday_after(day, kind.answer_days) if kind.answer_days else None
    return calendar.workday_after(day, kind.receipt_days), answer


@transaction.atomic
def dispatch(sender, *, kind, receiver, subject, text, at, by, case=None, with_case=False,
             consent=False):  # fmt: skip
    """Send *text* from the office *sender* to *receiver*; the clock starts. Returns the row.

    *with_case* lets the people who speak for the receiver read *case*. Raises ``ConsentNeeded``,
    ``NotThisReceiver``, ``CaseNotHers``, ``CaseNotShared`` (个人信息保护法 article 23).
    """
    if kind.needs_consent and not consent:
        raise ConsentNeeded
    if receiver.kind != kind.receiver or receiver == sender:
        raise NotThisReceiver(NotThisReceiver.sentence % {"receiver": kind.get_receiver_display()})
    if case and not readable_cases(by, on=timezone.localdate(at)).filter(pk=case.pk).exists():
        raise CaseNotHers
    if case and with_case and not (consent or agreed_to_sharing(case, receiver.kind)):
        raise CaseNotShared(CaseNotShared.sentence % {"receiver": kind.get_receiver_display()})
    officer = officer_of(receiver, on=timezone.localdate(at))
    receipt, answer = due_dates(kind, at=at)
    row = Dispatch.objects.create(
        kind=kind, sender=sender, receiver=receiver, officer=officer.name if officer else "",
        case=case, with_case=bool(case and with_case), subject=subject, text=text,
        consent=consent, sent_at=at, receipt_due=receipt, answer_due=answer, by=by,
    )  # fmt: skip
    _share(row, at=at, by=by)
    _tell_case(row, N_("Sent to %(office)s: %(matter)s"), at=at, by=by, office=receiver.name)
    _tell(row.receiver, row, N_("Another agency sent something: a receipt is due"), at=at)
    return row


@transaction.atomic
def receive(row, *, name, at, by):
    """Sign for the dispatch *row*; *name* is who signs. What expects no result is closed."""
    row = _at(row, State.SENT)
    row.state, row.received_at, row.received_by = State.RECEIVED, at, name
    if row.answer_due is None:
        row.state, row.answered_at = State.ANSWERED, at
    row.save()
    _tell(row.sender, row, N_("A dispatch was received"), at=at)
    return row


@transaction.atomic
def send_back(row, *, reason, at, by):
    """Send *row* back for a *reason*, once: raises ``ReturnedBefore`` the second time."""
    row = _at(row, State.SENT)
    if row.returned_at:
        raise ReturnedBefore
    row.state, row.returned_at, row.return_reason = State.RETURNED, at, reason
    row.save()
    _end_share(row, at=at)
    _tell_case(
        row, N_("Sent back by %(office)s: %(matter)s"), at=at, by=by, office=row.receiver.name
    )
    _tell(row.sender, row, N_("A dispatch was sent back"), at=at)
    return row


@transaction.atomic
def send_again(row, *, text, at, by):
    """Send what came back again, with the *text* put right; the clock starts anew."""
    row = _at(row, State.RETURNED)
    row.state, row.text, row.again_at, row.reminded_on = State.SENT, text, at, None
    row.receipt_due, row.answer_due = due_dates(row.kind, at=at)
    row.save()
    _share(row, at=at, by=by)
    _tell(row.receiver, row, N_("Another agency sent something: a receipt is due"), at=at)
    return row


@transaction.atomic
def answer(row, *, text, at, by):
    """Write back what became of *row*."""
    row = _at(row, State.RECEIVED)
    row.state, row.answered_at, row.answer = State.ANSWERED, at, text
    row.save()
    _tell_case(row, N_("Result of %(office)s: %(matter)s"), at=at, by=by, office=row.receiver.name)
    _tell(row.sender, row, N_("The result of a dispatch is back"), at=at)
    return row


@transaction.atomic
def withdraw(row, *, reason, at, by):
    """Take *row* back for a *reason* before its result is there."""
    row = _at(row, State.SENT, State.RECEIVED, State.RETURNED)
    row.state, row.closed_reason = State.WITHDRAWN, reason
    row.save()
    _end_share(row, at=at)
    _tell(row.receiver, row, N_("A dispatch was withdrawn"), at=at)
    return row


def open_dispatches(user, *, on, limit=20):
    """Return what waits at the offices of *user* for a receipt or a result, or came back."""
    offices = speaking_offices(user, on=on)
    rows = visible_dispatches(user, on=on).filter(
        Q(receiver__in=offices, state__in=[State.SENT, State.RECEIVED])
        | Q(sender__in=offices, state=State.RETURNED)
    )
    return list(rows.select_related("kind", "sender", "receiver").order_by("receipt_due")[:limit])


def remind(*, at):
    """Remind of receipts and results that are late, once a week; return how many."""
    today = timezone.localdate(at)
    late = Q(state=State.SENT, receipt_due__lt=today) | Q(
        state=State.RECEIVED, answer_due__lt=today
    )
    rows = Dispatch.objects.filter(late).exclude(reminded_on__gt=today - timedelta(days=7))
    count = 0
    for row in rows.select_related("sender", "receiver", "kind")[:500]:
        verb = (
            N_("A receipt is overdue since %(due)s")
            if row.state == State.SENT
            else N_("A result is overdue since %(due)s")
        )
        for office in (row.receiver, row.sender):
            _tell(office, row, verb, at=at, key=str(today), due=row.due_on)
        Dispatch.objects.filter(pk=row.pk).update(reminded_on=today)
        count += 1
    return count


def counts_by_agency(user, *, today):
    """Return per receiving agency {"receiver__name", "sent", "open", "late"}, most late first.

    Not what is about a case that a wall or a seal hides from *user*.
    """
    late = Q(state=State.SENT, receipt_due__lt=today) | Q(
        state=State.RECEIVED, answer_due__lt=today
    )
    rows = Dispatch.objects.exclude(state=State.WITHDRAWN)
    rows = rows.exclude(case__in=hidden_cases(user, on=today)).values("receiver__name")
    return rows.annotate(
        sent=Count("pk"),
        open=Count("pk", filter=Q(state__in=[State.SENT, State.RECEIVED])),
        late=Count("pk", filter=late),
    ).order_by("-late", "receiver__name")


def _at(row, *states):
    found = (
        Dispatch.objects.select_for_update(of=("self",))
        .select_related("kind", "sender", "receiver", "case")
        .get(pk=row.pk)
    )
    if found.state not in states:
        raise NotThisStep
    return found


def _share(row, *, at, by):
    """Let who answers for the receiver at meetings read the case for a while."""
    if not row.with_case:
        return
    until = (row.answer_due or row.receipt_due) + READS_ON
    for reader in _speakers(row.receiver, timezone.localdate(at)):
        grant, made = CaseGrant.objects.get_or_create(
            case=row.case,
            user=reader,
            kind=CaseGrant.Kind.MEETING,
            defaults={
                "reason": _("sent by another agency"),
                "granted_at": at,
                "granted_by": by,
                "until": until,
            },
        )
        if not made and grant.until and grant.until < until:
            grant.until = until
            grant.save(update_fields=["until"])


def _end_share(row, *, at):
    """Take away what ``_share`` gave, unless a meeting gave it too."""
    if row.with_case and not row.case.agenda_items.exclude(state="withdrawn").exists():
        today = timezone.localdate(at)
        CaseGrant.objects.filter(
            case=row.case, kind=CaseGrant.Kind.MEETING, user__in=_speakers(row.receiver, today)
        ).update(until=today - timedelta(days=1))


def _speakers(office, on):
    postings = Posting.objects.active(on).filter(office=office, role__in=SPEAKERS)
    return User.objects.filter(postings__in=postings, is_active=True).distinct()


def _tell(office, row, verb, *, at, key="", **facts):
    notify(
        _speakers(office, timezone.localdate(at)),
        verb,
        kind=Notice.Kind.MEETING,
        url=reverse("dispatch", args=[row.pk]),
        key=f"dispatch-{row.pk}-{row.state}-{key or at.isoformat()}",
        at=at,
        **facts,
    )


def _tell_case(row, verb, *, at, by, **facts):
    if row.case_id:
        record(
            row.case, verb, at=at, by=by, kind=Entry.COURSE, text=row.answer or "",
            proceeding=row.case.proceedings.order_by("ordinal").last(), matter=row.kind.name,
            **facts,
        )  # fmt: skip
