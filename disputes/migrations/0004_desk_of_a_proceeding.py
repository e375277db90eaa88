import django.db.models.deletion
from django.db import migrations, models

FILL = """
UPDATE disputes_proceeding AS proceeding
SET desk_id = CASE
    WHEN office.handled_here THEN proceeding.office_id
    ELSE coalesce(proceeding.sent_from_id, disputes_case.federation_id)
END
FROM offices_office AS office, disputes_case
WHERE office.id = proceeding.office_id AND disputes_case.id = proceeding.case_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


def desk(null):
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="desk_proceedings",
        to="offices.office",
        verbose_name="desk",
    )


class Migration(migrations.Migration):
    """Who works on a case is a fact of its own: an outside office has nobody here."""

    dependencies = [
        ("disputes", "0003_tell_overdue_once_and_suspended_day"),
        ("offices", "0001_register_and_postings"),
    ]

    operations = [
        migrations.AddField("proceeding", "desk", desk(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("proceeding", "desk", desk(null=False)),
        migrations.AddIndex(
            "proceeding", models.Index(fields=["desk", "-opened_at"], name="proceeding_of_desk")
        ),
        migrations.AddIndex(
            "proceeding", models.Index(fields=["case", "desk"], name="proceeding_case_desk")
        ),
    ]
