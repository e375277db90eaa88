"""What the pages of meetings look up."""

from django import template

register = template.Library()


@register.filter
def get_item(found, key):
    """Return what the dict *found* has under *key*, or None."""
    return found.get(key) if found else None
