"""The chain holds the lines together, and tells where it was broken."""

import threading
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from audit import jobs
from audit.domain import chain
from audit.domain.verifying import verify
from audit.models import AuditEntry, Seal, Verification
from audit.signals import log_damaged

NOW = timezone.now()


def make_lines(count, **facts):
    """Write *count* lines into the log and return their numbers."""
    lines = [AuditEntry(at=NOW, action="view", reason=f"第{n}行", **facts) for n in range(count)]
    return [line.pk for line in AuditEntry.objects.bulk_create(lines)]


@contextmanager
def triggers_off(table):
    """Do as somebody does who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        yield cursor
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")


@pytest.fixture
def sealed(db):
    """The numbers of ten sealed lines, after whatever the fixtures wrote."""
    numbers = make_lines(10)
    chain.seal_new()
    return numbers


def test_every_line_is_sealed_once(sealed):
    assert Seal.objects.count() == AuditEntry.objects.count()
    assert chain.seal_new() == 0


def test_a_whole_chain_is_whole(sealed):
    found = verify(at=NOW)

    assert found.is_whole
    assert (found.checked, found.unsealed) == (AuditEntry.objects.count(), 0)
    assert (found.last_entry, found.last_hash) == (sealed[-1], Seal.objects.get(pk=sealed[-1]).hash)


def test_lines_after_the_last_seal_are_reported(sealed):
    make_lines(3)

    found = verify(at=NOW)

    assert found.is_whole
    assert found.unsealed == 3


def test_many_lines_are_sealed_in_batches(sealed, monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 4)
    make_lines(10)

    assert chain.seal_new() == 10
    assert verify(at=NOW).is_whole


@pytest.mark.parametrize(
    "tampering",
    [
        "reason = '别的'", "actor_name = 'x'", "at = at - interval '1 hour'", "case_id = 5",
        "action = 'list'", "changes = '{}'", "object_id = 1", "address = '1.1.1.1'", "door = 'x'",
        "served_as = 'x'", "request = 'x'", "object_type = 'x'",
    ],
)  # fmt: skip
def test_a_line_altered_is_found_and_named(sealed, tampering):
    with triggers_off("audit_auditentry") as cursor:
        cursor.execute(f"UPDATE audit_auditentry SET {tampering} WHERE id = %s", [sealed[4]])

    found = verify(at=NOW)

    assert (found.fault, found.bad_entry) == ("altered", sealed[4])


def test_a_line_removed_is_found_and_named(sealed):
    with triggers_off("audit_auditentry") as cursor:
        cursor.execute("DELETE FROM audit_auditentry WHERE id = %s", [sealed[4]])

    found = verify(at=NOW)

    assert (found.fault, found.bad_entry) == ("removed", sealed[4])


def test_a_line_removed_with_its_seal_breaks_the_next(sealed):
    with triggers_off("audit_seal") as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE entry_id = %s", [sealed[4]])
    with triggers_off("audit_auditentry") as cursor:
        cursor.execute("DELETE FROM audit_auditentry WHERE id = %s", [sealed[4]])

    found = verify(at=NOW)

    assert (found.fault, found.bad_entry) == ("altered", sealed[5])


def test_a_line_slipped_in_is_found_and_named(sealed):
    gap = AuditEntry.objects.create(at=NOW, action="view").pk
    number = gap + 100
    AuditEntry.objects.create(pk=number, at=NOW, action="view")
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('audit_auditentry_id_seq', %s)", [number])
    chain.seal_new()

    AuditEntry.objects.create(pk=gap + 50, at=NOW, action="view")

    found = verify(at=NOW)
    assert (found.fault, found.bad_entry) == ("slipped_in", gap + 50)


def test_gaps_of_transactions_rolled_back_mean_nothing(sealed):
    with transaction.atomic():
        make_lines(5)
        transaction.set_rollback(True)
    make_lines(2)

    assert chain.seal_new() == 2
    assert verify(at=NOW).is_whole


def test_a_chain_cut_short_still_looks_whole_but_not_to_the_anchor(sealed):
    kept = verify(at=NOW)
    for table, key in (("audit_seal", "entry_id"), ("audit_auditentry", "id")):
        with triggers_off(table) as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {key} >= %s", [sealed[7]])

    assert verify(at=NOW).is_whole
    found = verify(at=NOW, anchor=(kept.last_entry, kept.last_hash))
    assert (found.fault, found.bad_entry) == ("anchor", sealed[-1])


def test_an_anchor_holds_while_the_chain_grows(sealed):
    kept = verify(at=NOW)
    make_lines(3)
    chain.seal_new()

    assert verify(at=NOW, anchor=(kept.last_entry, kept.last_hash)).is_whole


def test_the_command_says_what_it_found(sealed, capsys):
    make_lines(2)

    call_command("verify_audit")

    said = capsys.readouterr().out
    assert f"{sealed[-1]}:{Seal.objects.get(pk=sealed[-1]).hash}" in said
    assert "未封存:2" in said.replace("：", ":").replace(" ", "")


def test_the_command_ends_with_1_and_names_the_line(sealed, capsys):
    with triggers_off("audit_auditentry") as cursor:
        cursor.execute("UPDATE audit_auditentry SET reason = '' WHERE id = %s", [sealed[4]])

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")

    assert ended.value.code == 1
    assert str(sealed[4]) in capsys.readouterr().err


def test_the_command_ends_with_1_when_changes_go_unrecorded(sealed, capsys):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE disputes_case DISABLE TRIGGER ALL")

    with pytest.raises(SystemExit):
        call_command("verify_audit")

    assert "disputes_case" in capsys.readouterr().err


def test_the_job_tells_of_damage(sealed):
    told = []
    with triggers_off("audit_auditentry") as cursor:
        cursor.execute("UPDATE audit_auditentry SET reason = '' WHERE id = %s", [sealed[0]])

    def hear(sender, verification, **kwargs):
        told.append(verification)

    log_damaged.connect(hear)
    try:
        assert jobs.verify() is False
    finally:
        log_damaged.disconnect(hear)

    assert told == [Verification.objects.first()]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sealed_while_somebody_may_hold_a_lower_number():
    make_lines(1)
    started, go_on, done = threading.Event(), threading.Event(), []

    def write_slowly():
        with transaction.atomic():
            make_lines(1)
            started.set()
            go_on.wait(10)
        done.append(True)
        connections.close_all()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    started.wait(10)
    make_lines(1)

    assert chain.seal_new(patience=0.2) == 0
    go_on.set()
    slow.join(10)
    assert done

    assert chain.seal_new() == AuditEntry.objects.count()
    assert verify(at=NOW).is_whole


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_fork_the_chain(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 50)
    make_lines(600)
    failed = []

    def work():
        try:
            for _n in range(10):
                chain.seal_new(patience=1)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert failed == []
    assert chain.seal_new() == 0
    assert verify(at=NOW).is_whole
    assert Seal.objects.count() == AuditEntry.objects.count()
