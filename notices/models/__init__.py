from notices.models.event import Event, Subscription
from notices.models.kinds import Kind
from notices.models.message import Channel, Message, Route
from notices.models.notice import Notice
from notices.models.preference import (
    OUTSIDE,
    Contact,
    DigestLine,
    How,
    NoticeText,
    Preference,
)

__all__ = [
    "OUTSIDE",
    "Channel",
    "Contact",
    "DigestLine",
    "Event",
    "How",
    "Kind",
    "Message",
    "Notice",
    "NoticeText",
    "Preference",
    "Route",
    "Subscription",
]
