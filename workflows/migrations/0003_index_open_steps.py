from django.db import migrations

INDEXES = {
    "step_open_by_office": "(owner_permission_obj_pk, owner_permission)"
    " WHERE status = 'NEW' AND flow_task_type = 'HUMAN'",
    "step_open_by_owner": "(owner_id)"
    " WHERE status IN ('NEW', 'ASSIGNED') AND flow_task_type = 'HUMAN'",
    "step_open_of_process": "(process_id)"
    " WHERE status IN ('NEW', 'ASSIGNED') AND flow_task_type = 'HUMAN'",
    "timer_by_moment": "(scheduled) WHERE status = 'SCHEDULED' AND flow_task_type = 'TIMER'",
}


class Migration(migrations.Migration):
    """The lists of open steps walk indexes: the engine ships none for them."""

    dependencies = [
        ("viewflow", "0015_task_scheduled"),
        ("workflows", "0002_no_case_without_its_course"),
    ]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON viewflow_task {columns}", f"DROP INDEX {name}")
        for name, columns in INDEXES.items()
    ]
