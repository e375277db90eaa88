"""New keys: everything personal goes over to them, and stays readable and findable meanwhile."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection

from disputes.domain import rekeying
from disputes.domain.ledger.facts import LedgerRow
from disputes.domain.search import find_cases
from disputes.models import Case, Party
from disputes.models.sealed import index_of
from tests.factories import make_case

pytestmark = pytest.mark.django_db


def stored(party):
    """Return what the database holds of *party*: identity number and its hash."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, id_index FROM disputes_party WHERE id = %s", [party.pk])
        return cursor.fetchone()


@pytest.fixture
def worker(district_case):
    return district_case.case.parties.get(kind="worker")


@pytest.fixture
def new_key(worker, settings):
    """A new field key in front of the one under which the worker is sealed."""
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    return settings.FIELD_KEYS[0]


@pytest.fixture
def new_index(worker, settings):
    """A new index key, the one before still known."""
    settings.INDEX_KEY_OLD, settings.INDEX_KEY = settings.INDEX_KEY, "another index key"


def test_everything_is_sealed_under_the_first_key(worker, new_key, settings):
    number = worker.id_number

    call_command("rotate_field_keys", verbosity=0)

    settings.FIELD_KEYS = [new_key]
    assert Party.objects.get(pk=worker.pk).id_number == number
    assert Fernet(new_key).decrypt(stored(worker)[0].encode()).decode() == number


def test_every_table_with_something_sealed_is_walked(db):
    tables = [table for table, _tally in rekeying.rotate()]

    assert set(tables) >= {
        "disputes_party",
        "disputes_draft",
        "legal_aid_review",
        "offices_secondfactor",
    }


def test_running_again_changes_nothing(worker, new_key):
    first = dict(rekeying.rotate())
    before = stored(worker)
    again = dict(rekeying.rotate())

    assert first["disputes_party"].changed > 0
    assert all(tally.changed == 0 for tally in again.values())
    assert stored(worker) == before


def test_an_interrupted_run_is_taken_up(
    register, district_mediator, new_key, settings, monkeypatch
):
    monkeypatch.setattr(rekeying, "BATCH", 2)
    for _n in range(4):
        make_case(register.guta, by=district_mediator)
    Party.objects.order_by("-pk").first().save()
    write, calls = rekeying._write, []

    def break_off(*words):
        calls.append(words)
        if len(calls) == 2:
            raise KeyboardInterrupt
        write(*words)

    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    monkeypatch.setattr(rekeying, "_write", break_off)
    with pytest.raises(KeyboardInterrupt):
        list(rekeying.rotate())
    monkeypatch.setattr(rekeying, "_write", write)

    tally = dict(rekeying.rotate())["disputes_party"]

    assert 0 < tally.changed < tally.seen or tally.changed <= 8
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert all(party.id_number for party in Party.objects.filter(kind="worker"))


def test_what_no_key_opens_is_told_and_left_alone(worker, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    before = stored(worker)

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rotate_field_keys", verbosity=0)

    assert stored(worker) == before
    with pytest.raises(InvalidToken):
        Party.objects.get(pk=worker.pk)


def test_cases_are_found_while_the_index_key_changes_and_after(worker, new_index, settings):
    number, phone = worker.id_number, worker.phone
    for text in (number, phone, phone[-4:]):
        assert find_cases(Case.objects.all(), text).get() == worker.case

    call_command("rotate_field_keys", verbosity=0)
    settings.INDEX_KEY_OLD = ""

    assert stored(worker)[1] == index_of(number)
    for text in (number, phone, phone[-4:]):
        assert find_cases(Case.objects.all(), text).get() == worker.case


def test_without_the_old_key_nothing_is_found_before_it_is_indexed_again(worker, settings):
    settings.INDEX_KEY = "another index key"

    assert not find_cases(Case.objects.all(), worker.id_number).exists()

    dict(rekeying.reindex())
    assert find_cases(Case.objects.all(), worker.id_number).exists()


def ledger_key(case):
    """Return by what an import knows *case* again under the key in force."""
    worker, employer = case.parties.get(kind="worker"), case.parties.get(kind="employer")
    row = LedgerRow(
        sheet="", line=1, registered_on=case.received_on, office=None, applicant=worker.name,
        id_type="", id_number=worker.id_number, employer=employer.name, causes=(case.cause,),
    )  # fmt: skip
    return row.key


def test_an_imported_case_is_known_again_under_the_new_key(worker, settings):
    case = worker.case
    Case.objects.filter(pk=case.pk).update(imported_key=ledger_key(case))
    settings.INDEX_KEY_OLD, settings.INDEX_KEY = settings.INDEX_KEY, "another index key"

    tallies = dict(rekeying.reindex())

    assert tallies["disputes_case"].changed == 1
    assert Case.objects.get(pk=case.pk).imported_key == ledger_key(case)
    assert dict(rekeying.reindex())["disputes_case"].changed == 0


def test_an_imported_case_whose_key_is_unknown_is_told(worker, new_index):
    Case.objects.filter(pk=worker.case_id).update(imported_key="somebody else's")

    assert dict(rekeying.reindex())["disputes_case"].unreadable == 1


def test_a_fresh_key_is_printed(capsys):
    call_command("rotate_field_keys", new_key=True)

    key = Fernet(capsys.readouterr().out.strip())
    assert key.decrypt(key.encrypt(b"210799")) == b"210799"
