"""The number of unread notices, for the head of every page."""

from django import template

from notices.domain.inbox import count_unread

register = template.Library()


@register.simple_tag
def unread(user):
    """Return how many notices *user* has not read."""
    return count_unread(user) if user.is_authenticated else 0
