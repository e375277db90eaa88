"""The log grows and does nothing else."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit.domain.chain import seal_new
from audit.domain.verifying import verify
from audit.models import AuditEntry

pytestmark = pytest.mark.django_db
TABLES = ("audit_auditentry", "audit_seal", "audit_verification")


@pytest.fixture
def filled(district_case):
    """A log with lines, seals and a verification."""
    seal_new()
    verify(at=timezone.now())


@pytest.fixture
def application_role():
    """A role with the application's rights on every table, and no others."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE fangxian_audit_test NOLOGIN")
        cursor.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO fangxian_audit_test"
        )
        cursor.execute(
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO fangxian_audit_test"
        )
        cursor.execute("SET ROLE fangxian_audit_test")
        yield
        cursor.execute("RESET ROLE")


def refuse(sql):
    """Assert that the database refuses *sql*."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_lines_are_never_changed_removed_or_emptied_out(filled, table, verb):
    key = "entry_id" if table == "audit_seal" else "id"

    refuse(verb.format(table, key, key))


@pytest.mark.parametrize("table", TABLES)
def test_the_application_can_do_no_more(filled, application_role, table):
    refuse(f"DELETE FROM {table}")
    refuse(f"TRUNCATE {table} CASCADE")
    refuse(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    refuse("SET session_replication_role = replica")


def test_the_application_cannot_stop_the_recording(filled, application_role):
    refuse("ALTER TABLE disputes_case DISABLE TRIGGER ALL")
    refuse("DROP FUNCTION audit_record_disputes_case() CASCADE")


def test_who_may_write_a_table_but_not_the_log_is_recorded_all_the_same(district_case):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE fangxian_narrow_test NOLOGIN")
        cursor.execute("GRANT SELECT, UPDATE ON disputes_claim TO fangxian_narrow_test")
        cursor.execute("SET ROLE fangxian_narrow_test")
        cursor.execute("UPDATE disputes_claim SET amount = 3")
        cursor.execute("RESET ROLE")

    line = AuditEntry.objects.get(object_type="disputes.claim", action="change")
    assert line.changes == {"amount": ["14600.00", "3.00"]}


def test_a_person_with_lines_in_the_log_cannot_be_removed(district_mediator):
    AuditEntry.objects.create(at=timezone.now(), actor=district_mediator, action="login")

    refuse(
        f"DELETE FROM offices_user WHERE id = {district_mediator.pk}; SET CONSTRAINTS ALL IMMEDIATE"
    )
