"""What people know well."""

from django.db import transaction

from disputes.models import Skill


@transaction.atomic
def set_skills(user, *, causes=(), industries=()):
    """Let *user* know well exactly *causes* (values of ``Cause``) and *industries* (texts)."""
    wanted = {(cause, "") for cause in causes} | {("", industry) for industry in industries}
    held = {(skill.cause, skill.industry): skill for skill in user.skills.all()}
    for skill in (held[key] for key in held.keys() - wanted):
        skill.delete()
    for cause, industry in sorted(wanted - held.keys()):
        Skill.objects.create(user=user, cause=cause, industry=industry)
