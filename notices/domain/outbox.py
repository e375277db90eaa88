"""Writing what is to leave the house, in the transaction of the act that it tells of."""

import json

from notices.models import Channel, Message


def enqueue_mail(
    to, subject, text, *, key, at, recipient=None, lane=None, calendar=None, method="REQUEST",
    message_id=None, sender=None, html="",
):  # fmt: skip
    """Have *text* sent to the mail address *to* and return the ``Message``, told once per *key*.

    Neither *subject* nor *text* may name a party or what a case is about. *calendar* is an
    iCalendar text that goes along as an invitation by *method* (REQUEST, CANCEL). Mails of one
    *lane* (the address, unless another is given) arrive in order. *html* is the same text as a
    page of its own, for programs that show one. *message_id*, a UUID, replaces
    the number by which the receiver knows the mail again. *sender* is the address it comes from,
    the house's own unless another is given. *recipient* is the person, if she has
    an account; *at* is the aware moment.
    """
    content = {"subject": subject, "text": text}
    if sender:
        content["sender"] = sender
    if html:
        content["html"] = html
    if calendar:
        content |= {"calendar": calendar, "method": method}
    message = make_message(
        Channel.MAIL,
        to,
        content,
        lane=lane or f"mail:{to}",
        key=key,
        at=at,
        recipient_id=recipient.pk if recipient else None,
    )
    if message_id:
        message.uid = message_id
    enqueue([message])
    return Message.objects.get(lane=message.lane, key=key)


def enqueue(messages):
    """Write *messages*, made by ``make_message``; those told before are left as they are."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def make_message(channel, address, content, *, lane, key, at, recipient_id=None, route=None):
    """Return an unsaved ``Message``; *content* is a dict that the carrier of *channel* reads.

    *lane* and *route* are short names, see ``Message``; without a *route* the whole channel is
    up or down as one.
    """
    return Message(
        channel=channel,
        recipient_id=recipient_id,
        address=address,
        content=json.dumps(content, ensure_ascii=False),
        lane=lane[:80],
        route=route or channel,
        key=key[:120],
        next_at=at,
        created_at=at,
    )
