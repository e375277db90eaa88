"""Webhooks: events as CloudEvents, signed, to programs of others."""

import base64
import hashlib
import hmac
import json

from django.utils import timezone

from notices.channels import http
from notices.channels.targets import BadTarget, check_target
from notices.channels.trouble import Down, Withheld
from notices.models.event import Subscription
from notices.signals import event_leaving


def carry(message):
    """Send the event of *message* to its subscriber; raises as ``http.post``, and ``Withheld``."""
    content = json.loads(message.content)
    subscription = Subscription.objects.select_related("user").get(pk=content["subscription"])
    _ask(subscription, (content["event"]["type"], content["subject"]))
    body = json.dumps(content["event"], ensure_ascii=False, separators=(",", ":")).encode()
    try:
        address = check_target(subscription.url)
    except BadTarget as refusal:
        # A name that means nothing today may mean something tomorrow.
        raise Down("BadTarget") from refusal
    headers = {"Content-Type": "application/cloudevents+json; charset=utf-8"}
    now = timezone.now()
    headers |= signed(subscription, content["event"]["id"], body, at=now)
    http.post(subscription.url, body, headers, address=address)


def _ask(subscription, happened):
    """Raise ``Withheld`` when the subscription ended or its account may not know of *happened*."""
    answers = event_leaving.send(Subscription, subscription=subscription, happened=happened)
    if subscription.ended_at or any(answer is False for _receiver, answer in answers):
        raise Withheld


def signed(subscription, number, body, *, at):
    """Return the headers that prove where *body* comes from, and when: the moment *at*.

    HMAC-SHA256 over number, moment in seconds since 1970, and body, joined by dots, with the key
    of the subscription; with the key before as well while it still counts.
    """
    moment = str(int(at.timestamp()))
    secrets = [subscription.secret]
    if subscription.old_secret and subscription.old_until and subscription.old_until > at:
        secrets.append(subscription.old_secret)
    text = f"{number}.{moment}.".encode() + body
    return {
        "webhook-id": number,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{_sign(secret, text)}" for secret in secrets),
    }


def _sign(secret, text):
    return base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()
