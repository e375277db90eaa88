"""Hearing rooms become rooms of the house, and hearings book them and their arbitrators."""

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
INSERT INTO offices_room (id, office_id, name, site, is_active)
SELECT id, office_id, name, '', true FROM arbitration_room;
SELECT setval(pg_get_serial_sequence('offices_room', 'id'), max(id)) FROM offices_room
HAVING max(id) IS NOT NULL;
"""
BOOK = """
INSERT INTO offices_booking (kind, occasion, room_id, person_id, starts_at, ends_at)
SELECT 'hearing', id, room_id, NULL, starts_at, ends_at FROM arbitration_hearing
WHERE NOT cancelled AND room_id IS NOT NULL
UNION ALL
SELECT 'hearing', id, NULL, presiding_id, starts_at, ends_at FROM arbitration_hearing
WHERE NOT cancelled AND presiding_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("arbitration", "0004_one_partial_award_and_a_sum_for_advances"),
        ("offices", "0009_rooms_and_bookings"),
    ]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="hearing",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hearings",
                to="offices.room",
                verbose_name="hearing room",
            ),
        ),
        migrations.RunSQL(BOOK, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="hearing", name="hearing_room_free"),
        migrations.RemoveConstraint(model_name="hearing", name="hearing_arbitrator_free"),
        migrations.RemoveField(model_name="room", name="office"),
        migrations.DeleteModel(name="Room"),
    ]
