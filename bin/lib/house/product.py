"""The product's own set-up: tables, the law, translations, files that pages load, demo data."""

import os
from collections.abc import Mapping

import polib

from house import notes, stamps, steps
from house.database import alone, connect, grant, value
from house.paths import NODE_MODULES, ROOT, VENV, VENV_PYTHON, data_folder
from house.programs import run
from house.talk import Progress

DEMO = (["demo", "--cases", "200", "--seed", "1"], ["demo_accounts"])
APPLIED = """
    SELECT string_agg(app || '.' || name, ' ' ORDER BY app, name) FROM django_migrations
"""
SCHEDULED = "SELECT string_agg(name || ' ' || func, ', ' ORDER BY name) FROM django_q_schedule"


def manage(*words: str, failed: str, env: Mapping[str, str] | None = None) -> None:
    """Run the command *words* of manage.py; raises Trouble with the sentence *failed*."""
    run([VENV_PYTHON, ROOT / "manage.py", *words], failed=failed, env=env)


def as_owner() -> dict[str, str]:
    """Return the environment in which Django works as the owner of the tables."""
    return {**os.environ, "DATABASE_URL": os.environ["MIGRATION_DATABASE_URL"]}


def has_tables(connection) -> bool:
    """Return whether the database was ever migrated."""
    return value(connection, "SELECT to_regclass('public.django_migrations')") is not None


def make_tables(progress: Progress) -> None:
    """Bring tables, law and schedules up to date, unless the database notes that they are."""
    with alone() as connection:
        if notes.read(connection, "tables") != tables_note(connection):
            hint = "" if has_tables(connection) else "（首次约一分钟）"
            with progress.step(steps.TABLES, hint):
                grant(connection)
                manage("migrate", "--no-input", failed="数据表没有建成。", env=as_owner())
                notes.write(connection, "tables", tables_note(connection))
        law = stamps.digest(ROOT / "law", ROOT / "requirements.txt")
        if notes.read(connection, "law") != law:
            with progress.step(steps.LAW):
                manage("load_law", failed="法律规则没有载入。")
                notes.write(connection, "law", law)
        if notes.read(connection, "schedules") != schedules_note(connection):
            with progress.step(steps.SCHEDULES):
                manage("schedule_jobs", failed="后台任务没有登记。")
                notes.write(connection, "schedules", schedules_note(connection))


def tables_note(connection) -> str:
    """Return what the note says after a migration: the files there were and what was applied."""
    files = sorted(ROOT.glob("*/migrations/*.py"))
    applied = has_tables(connection) and value(connection, APPLIED)
    return stamps.digest(*files, ROOT / "requirements.txt", words=[applied or ""])


def schedules_note(connection) -> str:
    """Return what the note says after scheduling: the list of jobs and those entered."""
    return stamps.digest(ROOT / "workflows/jobs.py", words=[value(connection, SCHEDULED) or ""])


def compile_translations(progress: Progress) -> None:
    """Compile each .po that changed, without gettext: clerks' machines have none."""
    sources = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    compiled = [source.with_suffix(".mo") for source in sources]
    folder = VENV / "stamps"
    if stamps.is_current(folder, "translations", stamps.digest(*sources, *compiled)):
        return
    with progress.step(steps.TRANSLATIONS):
        for source, target in zip(sources, compiled, strict=True):
            polib.pofile(str(source)).save_as_mofile(str(target))
        stamps.write(folder, "translations", stamps.digest(*sources, *compiled))


def collect_static(progress: Progress) -> None:
    """Collect what pages load under names that change with the content."""
    lock, manifest = NODE_MODULES / ".package-lock.json", data_folder() / "static/staticfiles.json"
    sources = [ROOT / "static", ROOT / "config", ROOT / "requirements.txt", lock, *static_apps()]
    folder = data_folder() / "stamps"
    if manifest.exists() and stamps.is_current(folder, "static", stamps.digest(*sources, manifest)):
        return
    with progress.step(steps.STATIC):
        manage("collectstatic", "--no-input", failed="页面文件没有收集成功。")
        stamps.write(folder, "static", stamps.digest(*sources, manifest))


def static_apps():
    """Return the folders in which rooms may keep files of their own for pages."""
    return sorted(app.parent / "static" for app in ROOT.glob("*/apps.py"))


def load_demo(progress: Progress, *, wanted: bool) -> bool:
    """Load demo data into a database that starts its life, if *wanted*; say if it has them.

    A database that was started without them, or holds an office already, gets none.
    """
    with alone() as connection:
        note = notes.read(connection, "demo")
        if note is None and not (wanted and is_empty(connection)):
            note = "none"
            notes.write(connection, "demo", note)
        if wanted and note not in ("none", "loaded"):
            notes.write(connection, "demo", "loading")
            with progress.step(steps.DEMO, "（约两分钟）"):
                for words in DEMO:
                    manage(*words, failed="演示数据没有生成。", env={**os.environ, "DEMO": "1"})
            notes.write(connection, "demo", "loaded")
        return note != "none"


def is_empty(connection) -> bool:
    """Return whether no office was ever entered."""
    return not value(connection, "SELECT EXISTS (SELECT FROM offices_office)")


def has_demo() -> bool:
    """Return whether the database holds demo data, which relax the rules for accounts."""
    connection = connect("DATABASE_URL")
    try:
        return notes.read(connection, "demo") in ("loading", "loaded")
    finally:
        connection.close()
