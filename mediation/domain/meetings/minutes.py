"""The minutes: draft, comments, issued with a number, corrected by a further edition."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.look.words import say_day, say_time
from mediation.domain.meetings.agenda import shown_items
from mediation.domain.meetings.refusals import CommentsOver, MinutesOutOfTurn
from mediation.models import Meeting, Minutes, MinutesComment, Participant
from offices.models import Office
from papers.domain import issuing

PAPER = "meeting_minutes"
COMMENTED = timedelta(hours=48)
State = Minutes.State


@transaction.atomic
def draft_minutes(meeting, *, summary, at, by):
    """Write, or write anew, the draft of the minutes of a *meeting* that is closed."""
    _lock(meeting)
    if meeting.status != Meeting.Status.CLOSED:
        raise MinutesOutOfTurn
    last = meeting.minutes_editions.last()
    if last is None:
        return Minutes.objects.create(
            meeting=meeting, state=State.DRAFT, summary=summary, at=at, by=by
        )
    if last.state == State.ISSUED:
        raise MinutesOutOfTurn
    last.summary = summary
    last.save(update_fields=["summary"])
    return last


@transaction.atomic
def ask_comments(minutes, *, at):
    """Let the agencies comment for 48 hours, each on what it sees."""
    minutes = _again(minutes)
    if minutes.state != State.DRAFT:
        raise MinutesOutOfTurn
    minutes.state, minutes.comments_until = State.COMMENTS, at + COMMENTED
    minutes.save(update_fields=["state", "comments_until"])
    return minutes


@transaction.atomic
def comment(minutes, *, office, said, at, by):
    """Record what *office* says of the draft: a list of (item that it sees or None for the whole,
    whether it agrees, text).
    """
    if minutes.state != State.COMMENTS or at > minutes.comments_until:
        raise CommentsOver
    return MinutesComment.objects.bulk_create(
        MinutesComment(
            minutes=minutes, office=office, item=item, agrees=agrees, text=text, at=at, by=by
        )
        for item, agrees, text in said
    )


@transaction.atomic
def issue_minutes(minutes, *, at, by):
    """Issue the minutes with a number; the .docx of the whole is kept. Returns the minutes.

    Before the 48 hours are over only when every agency but the convener has agreed.
    """
    minutes = _again(minutes)
    if minutes.state == State.ISSUED or minutes.state == State.DRAFT and minutes.edition == 1:
        raise MinutesOutOfTurn
    if minutes.state == State.COMMENTS and at < minutes.comments_until and not _all_agree(minutes):
        raise MinutesOutOfTurn(_("The 48 hours for comments are not over."))
    meeting = minutes.meeting
    minutes.paper = issuing.issue(
        PAPER, office=meeting.office, facts=facts_of(minutes, meeting.office, at=at), at=at, by=by
    )
    minutes.state = State.ISSUED
    minutes.save(update_fields=["paper", "state"])
    return minutes


@transaction.atomic
def correct(minutes, *, why, summary, at, by):
    """Begin a further edition of issued *minutes*, for a reason."""
    minutes = _again(minutes)
    last = minutes.meeting.minutes_editions.last()
    if last.pk != minutes.pk or minutes.state != State.ISSUED:
        raise MinutesOutOfTurn
    return Minutes.objects.create(
        meeting=minutes.meeting, edition=minutes.edition + 1, state=State.DRAFT, summary=summary,
        why=why, at=at, by=by,
    )  # fmt: skip


def document_for(minutes, office, *, at, reader=None):
    """Return the .docx bytes of *minutes* as the agency *office* may read them.

    Without what a wall or a seal closes to the person *reader* who asks for them.
    """
    content, _needed, _optional = issuing.draft(
        PAPER,
        office=minutes.meeting.office,
        facts=facts_of(minutes, office, at=at, beside=reader),
        at=at,
        number=minutes.paper.number if minutes.paper_id else "",
    )
    return content


def facts_of(minutes, reader, *, at, beside=None):
    """Return what stands in *minutes* for *reader*, an ``Office``, at the moment *at*.

    And for the person *beside* it, who may be kept away from a case.

    A dict, field of the paper → text.
    """
    meeting = minutes.meeting
    shown = shown_items(
        meeting, reader, on=timezone.localdate(at), offices=[reader.pk], beside=beside
    )
    present, absent = _agencies(meeting)
    # What was said of all items together may say something of one that is shut.
    whole = reader.pk == meeting.office_id and not any(each.item.is_shut for each in shown)
    cases = [each.case_number for each in shown if each.case_number]
    return {
        "会议时间": f"{say_day(meeting.starts_at, year=True)} {say_time(meeting.starts_at)}",
        "会议地点": meeting.where or "视频会议",
        "主持人": _chair(meeting),
        "出席单位": "、".join(present) or "（无）",
        "缺席单位": "、".join(absent),
        "案号": "、".join(cases) or "（无）",
        "会议情况": _course(minutes, shown, whole),
        "议定事项": "\n".join(filter(None, map(_resolved, shown))) or "（无）",
        "不同意见": _objections(minutes, shown, reader, whole),
    }


def _course(minutes, shown, whole):
    lines = [minutes.summary] if minutes.summary and whole else []
    if minutes.why:
        lines.append(f"（第{minutes.edition}版，更正原因：{minutes.why}）")
    for each in shown:
        lines.append(
            f"议题{each.number}：{each.title}" + (f"。{each.discussion}" if each.discussion else "")
        )
    return "\n".join(lines) or "（无）"


def _resolved(each):
    decision = each.decision
    if decision is None:
        return ""
    label = "意见（未达法定到会单位数）" if decision.is_opinion else decision.get_kind_display()
    due = f"，{say_day(decision.due_on, year=True)}前" if decision.due_on else ""
    return f"{each.number}. {label}：{decision.text}（责任单位：{decision.responsible.name}{due}）"


def _objections(minutes, shown, reader, whole):
    open_items = {each.item.pk for each in shown if not each.is_closed}
    rows = minutes.comments.filter(agrees=False).select_related("office", "item")
    return "\n".join(
        f"{row.office.name}：{row.text}"
        for row in rows
        if whole or row.office_id == reader.pk or (row.item_id in open_items)
    )


def _agencies(meeting):
    rows = meeting.participants.filter(removed_at__isnull=True).select_related("office")
    present = {row.office.name: None for row in rows if row.signed_in_at}
    absent = {row.office.name: None for row in rows if row.office.name not in present}
    return list(present), list(absent)


def _chair(meeting):
    row = meeting.participants.filter(role=Participant.Role.CHAIR, removed_at__isnull=True).first()
    return row.name if row else meeting.office.name


def _all_agree(minutes):
    offices = set(
        Office.objects.filter(
            pk__in=minutes.meeting.participants.filter(removed_at__isnull=True).values("office")
        ).values_list("pk", flat=True)
    ) - {minutes.meeting.office_id}
    # What an agency said last of the whole counts.
    last = dict(
        minutes.comments.filter(item__isnull=True).order_by("pk").values_list("office", "agrees")
    )
    return all(last.get(office) for office in offices)


def _again(minutes):
    return (
        Minutes.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=minutes.pk)
    )


def _lock(meeting):
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
