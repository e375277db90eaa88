"""Work in the background: each job may run twice without harm."""

from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task

from disputes.domain.responses import tell_late
from notices.domain import events
from offices.domain.staffing import synchronise_all_groups
from workflows import alarms, telling, timers
from workflows.events import events_seen

# Every minute, and every night: name, function, how often in minutes.
SCHEDULES = (
    ("timers", "workflows.jobs.fire_timers", 1),
    ("alarms", "workflows.jobs.tell_of_deadlines", 5),
    ("agreements to perform", "workflows.jobs.tell_of_performance", 6 * 60),
    ("postings", "workflows.jobs.echo_postings", 60),
    ("events", "workflows.jobs.fan_out_events", 1),
    ("old events", "workflows.jobs.forget_events", 24 * 60),
    ("outbox", "notices.jobs.deliver", 1),
    ("digests", "notices.jobs.send_digests", 10),
    ("answered calls", "offices.jobs.forget_calls", 60),
    ("sent messages", "notices.jobs.forget", 24 * 60),
    ("old ledgers", "disputes.jobs.forget_ledgers", 24 * 60),
    ("drafts of papers", "papers.jobs.clear_drafts", 60),
    ("files of cases", "disputes.jobs.clear_files", 60),
    ("unfinished uploads", "disputes.jobs.clear_uploads", 60),
    ("audit seals", "audit.jobs.seal", 1),
    ("audit verification", "audit.jobs.verify", 24 * 60),
    ("recounts", "disputes.jobs.resume_recounts", 1),
    ("meeting mail", "mediation.jobs.read_mailbox", 2),
    ("action items", "mediation.jobs.remind_of_actions", 60),
    ("dispatches", "mediation.jobs.remind_of_dispatches", 6 * 60),
    ("second look", "disputes.jobs.look_again", 24 * 60),
)


def fire_timers():
    """Hand every shard of the clocks to a worker."""
    for shard in range(timers.shards()):
        async_task("workflows.jobs.fire_shard", shard, timers.shards())


def fire_shard(shard, shards):
    """Fire the due clocks of one shard of the processes."""
    return timers.fire_due(at=timezone.now(), shard=shard, shards=shards)


def tell_of_deadlines():
    """Tell people of deadlines that are near or over, and administrators of what is stuck."""
    now = timezone.now()
    told = alarms.alarm_deadlines(at=now) + alarms.alarm_stuck(at=now)
    told += alarms.tell_of_leavers(at=now) + tell_late(at=now)
    told += alarms.alarm_late_reviews(at=now) + alarms.alarm_agreements(at=now)
    return told + alarms.alarm_aid(at=now) + alarms.alarm_unassigned(at=now)


def tell_of_performance():
    """Remind people of agreements that are to be performed."""
    return telling.tell_of_performance(at=timezone.now())


def fan_out_events():
    """Hand new events to programs that asked for them; return how many there were."""
    told = 0
    while found := events.fan_out(events_seen, at=timezone.now()):
        told += found
    return told


def forget_events():
    """Remove events that nobody can ask for again."""
    return events.forget_events(before=timezone.now() - events.KEPT)


def echo_postings():
    """Let the groups follow the postings in force today."""
    synchronise_all_groups(on=timezone.localdate())


def schedule_all():
    """Enter the schedules that the house needs; running it again changes nothing."""
    for name, function, minutes in SCHEDULES:
        Schedule.objects.update_or_create(
            name=name,
            defaults={
                "func": function,
                "schedule_type": Schedule.MINUTES,
                "minutes": minutes,
                "repeats": -1,
            },
        )
