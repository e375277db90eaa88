from django.db import migrations

NARROW = """
    DELETE FROM offices_officegroupobjectpermission AS held
    USING auth_group AS role, auth_permission AS duty
    WHERE role.id = held.group_id
      AND duty.id = held.permission_id
      AND duty.codename = 'view_cases'
      AND (role.name LIKE 'mediator@%' OR role.name LIKE 'arbitrator@%')
"""


class Migration(migrations.Migration):
    """Take from mediators and arbitrators what their roles do not hold any more.

    Duties that roles gained are given by the next ``synchronise_postings``.
    """

    dependencies = [("offices", "0007_duty_to_inspect_cases")]

    operations = [migrations.RunSQL(NARROW, migrations.RunSQL.noop)]
