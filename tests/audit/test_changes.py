"""Every change of a row is recorded, by whatever way it is made."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from audit import acting, columns, triggers
from audit.models import AuditEntry
from disputes.domain.reveals import reveal
from disputes.models import Case, Claim, Draft, Party, Proceeding
from mediation.models import Appointment
from offices.models import Office, User
from tests.factories import PASSWORD, make_case

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 8, 12, 0, tzinfo=UTC)


def lines(label, **facts):
    """Return the lines of the log about rows of *label*, oldest first."""
    return AuditEntry.objects.filter(object_type=label, **facts).order_by("pk")


def test_a_new_row_is_recorded_with_its_case(district_case):
    line = lines("disputes.case", object_id=district_case.case_id).get()

    assert (line.action, line.case_id) == ("add", district_case.case_id)
    assert line.changes["cause"] == [None, "wages"]
    assert line.changes["matter_number"] == [None, district_case.case.matter_number]


def test_a_change_is_recorded_with_old_and_new_value(district_case):
    case = district_case.case
    case.cause = "overtime"
    case.save()

    line = lines("disputes.case", action="change").get()
    assert (line.object_id, line.changes) == (case.pk, {"cause": ["wages", "overtime"]})


def test_a_change_in_raw_sql_is_recorded_too(district_case):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE disputes_claim SET amount = 99 WHERE case_id = %s", [district_case.case_id]
        )

    line = lines("disputes.claim", action="change").get()
    assert line.changes == {"amount": ["14600.00", "99.00"]}
    assert line.case_id == district_case.case_id


def test_a_thousand_rows_of_one_statement_are_a_thousand_lines(district_case):
    claims = [Claim(case=district_case.case, kind="other", amount=n) for n in range(1000)]
    made = Claim.objects.bulk_create(claims)
    Claim.objects.filter(pk__gte=made[0].pk).update(amount=Decimal("0.50"))

    changed = lines("disputes.claim", action="change")
    assert changed.count() == 1000
    assert changed.last().changes == {"amount": ["999.00", "0.50"]}


def test_a_removed_row_is_recorded_with_what_it_was(district_case):
    claim = district_case.case.claims.get()
    number = claim.pk
    claim.delete()

    line = lines("disputes.claim", action="remove").get()
    assert (line.object_id, line.case_id) == (number, district_case.case_id)
    assert line.changes["amount"] == ["14600.00", None]


def test_a_change_of_nothing_is_not_recorded(district_case):
    district_case.case.save()
    User.objects.update(last_login=NOON)

    assert not lines("disputes.case", action="change").exists()
    assert not lines("offices.user", action="change").exists()


def test_a_moved_key_is_seen(district_case):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disputes_claim SET id = id + 1000")

    assert set(lines("disputes.claim").values_list("action", flat=True)) == {"add", "change"}
    assert lines("disputes.claim", action="change").count() == 2


def test_rows_far_from_the_case_know_it(district_case, district_mediator, regional_head):
    row = Appointment.objects.create(
        proceeding=district_case, mediator=district_mediator, reason="本区案件", conflict_declared=True,
        at=NOON, by=regional_head,
    )  # fmt: skip
    row.members.add(regional_head)

    assert lines("mediation.appointment").get().case_id == district_case.case_id
    assert lines("mediation.appointment_members").get().case_id == district_case.case_id


def test_nothing_personal_is_in_the_lines(register, district_mediator):
    proceeding = make_case(register.guta, by=district_mediator)
    worker = proceeding.case.parties.get(kind="worker")
    worker.phone, worker.address = "15400009876", "凌河区演示路 3 号"
    worker.name = "韩玉蘭"
    worker.save()
    case = Case.objects.get()
    case.facts = "电话15400001234，找韩玉兰本人"
    case.save()

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, ' ') FROM audit_auditentry e")
        (everything,) = cursor.fetchone()
    for secret in (
        "韩玉", "玉兰", "154000", worker.id_number, worker.id_index, "演示路", "抹灰", "找",
    ):  # fmt: skip
        assert secret not in everything, secret


def test_a_sealed_column_is_noted_as_changed_without_its_value(district_case):
    worker = district_case.case.parties.get(kind="worker")
    worker.phone = "15400009876"
    worker.save()

    changes = lines("disputes.party", action="change").get().changes
    assert set(changes) >= {"phone"}
    old, new = changes["phone"]
    assert old.startswith("•••(")
    assert new.startswith("•••(")
    assert old != new


def test_short_text_shows_only_its_length(district_case):
    worker = district_case.case.parties.get(kind="worker")
    worker.name = "韩玉"
    worker.save()

    assert lines("disputes.party", action="change").get().changes["name"] == ["•••(3)", "•••(2)"]


def test_a_password_never_stands_in_the_log(district_mediator):
    hashed = district_mediator.password
    district_mediator.set_password("another-Password-2")
    district_mediator.save()

    old, _new = lines("offices.user", action="change").get().changes["password"]
    assert old.startswith("•••(")
    assert hashed not in old


def test_register_and_law_stand_in_clear(register):
    Office.objects.filter(pk=register.guta.pk).update(short_name="古调")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE law_calendarday SET kind = 'off' WHERE date = '2026-10-01'")

    line = lines("offices.office", action="change", changes__has_key="short_name").get()
    assert line.changes == {"short_name": ["古塔调", "古调"]}
    assert lines("law.calendarday", action="change").get().object_id == 20261001


def test_a_posting_and_the_duties_it_gives_are_recorded(register):
    user = User.objects.create(username="xin", name="新人")
    from offices.domain.staffing import post

    post(user, office=register.linghe, role="mediator", since=date(2026, 9, 1))

    assert lines("offices.posting").get().changes["role"] == [None, "mediator"]
    assert lines("offices.user_groups").exists()
    assert lines("offices.officegroupobjectpermission").exists()


def test_a_reveal_is_recorded_with_what_for(district_case, district_mediator):
    worker = district_case.case.parties.get(kind="worker")
    reveal(
        worker, field="phone", reason="电话15400001234打不通，核对", at=NOON, by=district_mediator
    )

    line = lines("disputes.reveal").get()
    assert (line.action, line.case_id) == ("reveal", district_case.case_id)
    assert line.reason == "电话•••打不通，核对"
    assert line.changes["field"] == [None, "phone"]


def test_what_a_page_changes_carries_who_and_from_where(client, district_case, district_mediator):
    client.force_login(district_mediator)
    client.post(
        reverse("case_note", args=[district_case.case_id]),
        {"kind": "note", "text": "已电话联系", "at": "", "reach": "office"},
    )
    client.post(reverse("password_change"), {
        "old_password": PASSWORD, "new_password1": "tongguo-Ceshi-7", "new_password2": "tongguo-Ceshi-7",
    }, REMOTE_ADDR="10.1.2.3")  # fmt: skip

    line = lines("offices.user", action="change", changes__has_key="password").get()
    assert (line.actor, line.actor_name) == (district_mediator, "张敏")
    assert (line.address, line.door) == ("10.1.2.3", "password_change")
    assert len(line.request) == 32


def test_a_quote_in_a_name_does_no_harm(register, district_case):
    person = User.objects.create(username="o", name='O\'Brien 100% \\ "x"')
    with acting.acting_as(person, door="test"):
        Claim.objects.filter(case=district_case.case).update(amount=1)

    assert lines("disputes.claim", action="change").get().actor_name == person.name


def test_outside_of_requests_the_program_acts(district_case):
    Claim.objects.update(amount=1)

    line = lines("disputes.claim", action="change").get()
    assert line.actor is None
    assert line.door


def test_sql_past_the_house_shows_the_role_of_the_database(district_case):
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fangxian.act', '', true)")
        cursor.execute("UPDATE disputes_claim SET amount = 5")

    line = lines("disputes.claim", action="change").get()
    assert (line.actor, line.door) == (None, f"sql {connection.settings_dict['USER']}")


def test_a_change_rolled_back_leaves_no_line(district_case):
    with transaction.atomic():
        Claim.objects.update(amount=7)
        transaction.set_rollback(True)

    assert not lines("disputes.claim", action="change").exists()


def test_drafts_are_nobodys_business(district_mediator):
    Draft.objects.create(
        user=district_mediator, form="intake", content="{}", saved_at=timezone.now()
    )

    assert not lines("disputes.draft").exists()


def test_every_table_of_the_house_is_recorded_or_left_out_with_a_reason():
    recorded = {columns.label_of(model) for model in columns.recorded_models()}

    assert recorded >= {
        "disputes.case", "disputes.party", "disputes.claim", "disputes.proceeding", "disputes.deadline",
        "disputes.evidence", "disputes.casegrant", "disputes.wall", "offices.posting", "offices.user",
        "offices.office", "mediation.agreement", "arbitration.claimaward", "legal_aid.review",
        "law.calendarday", "law.deadlinerule",
    }  # fmt: skip
    assert all(settings.AUDIT["UNRECORDED"].values())
    assert triggers.unguarded() == []


@pytest.mark.parametrize(
    "part", ["UNRECORDED", "PLAIN", "HIDDEN", "SKIPPED", "REASONS", "ADDING_IS"]
)
def test_the_configuration_names_models_and_fields_that_exist(part):
    from django.apps import apps

    for label, fields in settings.AUDIT[part].items():
        model = apps.get_model(label)
        if part in ("PLAIN", "HIDDEN", "SKIPPED") and fields != "*":
            assert {field.name for field in model._meta.fields} >= set(fields), label


def test_a_switched_off_trigger_is_told_and_mended_by_the_next_migration():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE disputes_case DISABLE TRIGGER ALL")
        assert triggers.unguarded() == ["disputes_case"]

        triggers.install()

    assert triggers.unguarded() == []


def test_a_change_that_cannot_be_recorded_is_not_made(district_case):
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; "
            "ALTER TABLE audit_auditentry ADD CONSTRAINT full_up CHECK (id < 0) NOT VALID"
        )

    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.update(amount=7)

    assert district_case.case.claims.get().amount == Decimal("14600.00")


def test_long_ago_is_told_in_the_time_of_the_change(district_case):
    line = lines("disputes.proceeding").first()

    assert timezone.now() - line.at < timedelta(minutes=5)
    assert Proceeding.objects.get().opened_at < line.at
    assert Party.objects.count() == 2
