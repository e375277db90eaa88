"""Short messages through one HTTP gateway per channel; nothing is dialled from here.

Each gateway takes a JSON body by POST and knows people by the number of their mobile phone. What
the body looks like is the only difference between them.
"""

import json

from django.conf import settings

from notices.channels import http
from notices.channels.trouble import Down
from notices.models import Channel


def is_on(channel):
    """Return whether a gateway is set for *channel*."""
    return bool(settings.GATEWAYS[channel]["url"])


def carry(message):
    """Hand *message* to the gateway of its channel; raises as ``http.post``."""
    gateway = settings.GATEWAYS[message.channel]
    if not gateway["url"]:
        raise Down("no gateway is set")
    text = json.loads(message.content)["text"]
    body = BODIES[message.channel](message.address, text) | {"id": str(message.uid)}
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(message.uid)}
    if gateway["token"]:
        headers["Authorization"] = f"Bearer {gateway['token']}"
    http.post(gateway["url"], json.dumps(body, ensure_ascii=False).encode(), headers)


BODIES = {
    Channel.SMS: lambda to, text: {"to": to, "text": text},
    Channel.WECOM: lambda to, text: {
        "touser": to,
        "msgtype": "text",
        "text": {"content": text},
    },
    Channel.DINGTALK: lambda to, text: {
        "msgtype": "text",
        "text": {"content": text},
        "at": {"atMobiles": [to]},
    },
}
