"""What PostgreSQL refuses on the tables of the log, whoever asks."""

import pgtrigger


def append_only(name):
    """Return the triggers that let rows be added and never changed, removed or emptied out."""
    return [
        pgtrigger.Protect(name=f"{name}_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        # TRUNCATE fires no trigger of rows.
        pgtrigger.Trigger(
            name=f"{name}_never_emptied",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'The audit log cannot be emptied (table %)', TG_TABLE_NAME;",
        ),
    ]
