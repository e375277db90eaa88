from notices.models.message import Channel, Message, Route
from notices.models.notice import Notice

__all__ = ["Channel", "Message", "Notice", "Route"]
