"""From a notice in the inbox to the other channels, as its recipient chose."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from notices.catalogue import CATALOGUE, how_of
from notices.channels import gateway, mail
from notices.domain.outbox import enqueue, make_message
from notices.domain.texts import all_words, fill
from notices.models import OUTSIDE, Channel, Contact, DigestLine, How, Kind, Preference
from offices.models import User

DIGEST_AT = time(8, 30)


def channels_on():
    """Return the channels outside of the house that are set up, in order."""
    return [
        each for each in OUTSIDE if (mail.is_on() if each == Channel.MAIL else gateway.is_on(each))
    ]


def spread(notices, *, at):
    """Send *notices*, new in the inbox, also where their recipients want to be told.

    No query at all where no channel is set up, else three, and one for each table written.
    """
    channels = channels_on()
    if not channels or not notices:
        return
    people = _people({notice.recipient_id for notice in notices})
    chosen = _chosen(people, {notice.kind for notice in notices})
    words, messages, lines = all_words(), [], []
    for notice in notices:
        person = people.get(notice.recipient_id)
        for channel in channels if person else ():
            how = how_of(chosen.get((person.pk, notice.kind, channel)), notice.kind, channel)
            if how == How.OFF or not _address(person, channel):
                continue
            if how == How.DIGEST:
                lines.append(_line(notice, channel, at))
            else:
                messages.append(_message(notice, person, channel, words[notice.kind], at=at))
    enqueue(messages)
    DigestLine.objects.bulk_create(lines)


def send_digests(*, at):
    """Send everybody whose hour has come what waits for the digest; return how many digests."""
    waiting = DigestLine.objects.order_by().values_list("recipient", "channel").distinct()
    return sum(_send_digest(user, channel, at=at) for user, channel in list(waiting))


@transaction.atomic
def _send_digest(user, channel, *, at):
    person = _people({user}).get(user)
    hour = person.contact.digest_at if person and hasattr(person, "contact") else DIGEST_AT
    until = _last(hour, at)
    lines = DigestLine.objects.filter(recipient=user, channel=channel, created_at__lte=until)
    count = lines.count()
    if not count:
        return 0
    lines.delete()
    if person is None or not _address(person, channel):
        return 0
    words = fill(all_words()[Kind.DIGEST], kind=Kind.DIGEST, count=count)
    key = f"digest-{until.date()}"
    enqueue([_make(person, channel, words, key=key, next_at=_awake(person, at), at=at)])
    return 1


def _last(hour, at):
    """Return the last moment not after *at* at which it was *hour* here."""
    here = timezone.localtime(at)
    moment = datetime.combine(here.date(), hour, here.tzinfo)
    return moment if moment <= here else moment - timedelta(days=1)


def _people(ids):
    people = User.objects.filter(pk__in=ids, is_active=True).select_related("contact")
    return {person.pk: person for person in people}


def _chosen(people, kinds):
    rows = Preference.objects.filter(user__in=people, kind__in=kinds)
    return {(row.user_id, row.kind, row.channel): row.how for row in rows}


def _address(person, channel):
    if channel == Channel.MAIL:
        return person.email
    return person.contact.mobile if hasattr(person, "contact") else ""


def _line(notice, channel, at):
    return DigestLine(
        recipient_id=notice.recipient_id, channel=channel, kind=notice.kind, created_at=at
    )


def _message(notice, person, channel, words, *, at):
    path = reverse("notice", args=[notice.uid])
    filled = fill(words, kind=Kind(notice.kind), path=path)
    next_at = at if CATALOGUE[notice.kind].must else _awake(person, at)
    return _make(person, channel, filled, key=notice.key, next_at=next_at, at=at)


def _make(person, channel, words, *, key, next_at, at):
    if channel == Channel.MAIL:
        content = {"subject": words["subject"], "text": words["text"]}
    else:
        content = {"text": words["short"]}
    message = make_message(
        channel,
        _address(person, channel),
        content,
        lane=f"{channel}:user:{person.pk}",
        key=key,
        at=at,
        recipient_id=person.pk,
    )
    message.next_at = next_at
    return message


def _awake(person, at):
    """Return the first moment from *at* on that lies outside of the quiet hours of *person*."""
    contact = getattr(person, "contact", None)
    if contact is None or contact.quiet_from is None:
        return at
    here = timezone.localtime(at)
    since, until, now = contact.quiet_from, contact.quiet_until, here.time()
    quiet = since <= now < until if since <= until else now >= since or now < until
    if not quiet:
        return at
    day = here.date() + timedelta(days=int(now >= until))
    return datetime.combine(day, until, here.tzinfo)


def contact_of(user):
    """Return the ``Contact`` of *user*, unsaved when there is none yet."""
    return Contact.objects.filter(user=user).first() or Contact(user=user)
