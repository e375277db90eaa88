"""Personal data as it stands on a page: `{% load masked %}`."""

from django import template

from disputes.look.masks import mask_id, mask_name, mask_phone, mask_place

register = template.Library()

MASKS = {
    "name": mask_name,
    "contact_name": mask_name,
    "id_number": mask_id,
    "phone": mask_phone,
    "address": mask_place,
}


@register.simple_tag
def mask_of(party, field):
    """Return the *field* of *party* with the telling part hidden."""
    return MASKS[field](getattr(party, field))
