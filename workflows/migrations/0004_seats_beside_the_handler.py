from django.db import migrations

FILL = """
    INSERT INTO disputes_assignment (proceeding_id, user_id)
    SELECT panel.proceeding_id, seat.user_id
    FROM arbitration_panel AS panel
    CROSS JOIN LATERAL (
        VALUES (panel.second_id), (panel.third_id), (panel.clerk_id)
    ) AS seat (user_id)
    WHERE seat.user_id IS NOT NULL
    UNION
    SELECT latest.proceeding_id, member.user_id
    FROM (
        SELECT DISTINCT ON (proceeding_id) id, proceeding_id
        FROM mediation_appointment
        ORDER BY proceeding_id, at DESC, id DESC
    ) AS latest
    JOIN mediation_appointment_members AS member ON member.appointment_id = latest.id
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """Who sits on a panel already keeps reading its case."""

    dependencies = [
        ("arbitration", "0001_desk"),
        ("mediation", "0002_declined_agreement"),
        ("disputes", "0012_assignments_names_and_seals"),
        ("workflows", "0003_index_open_steps"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
