"""Sessions before they are held, caucus notes, and a record that two people write."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from disputes.domain.escalation import go_to_arbitration
from mediation.domain import planning
from mediation.forms import SessionForm
from mediation.models import CaucusNote, PlannedSession, RecordDraft
from offices.domain.bookings import PersonTaken
from offices.duties import Role
from tests import factories
from tests.factories import make_case
from tests.mediation.acts import TENTH_AT_11, TUESDAY, at, hold_session, session_facts

WHEN = {"starts_at": at(9, 10, 9), "ends_at": at(9, 10, 11)}
DATA = {
    "statements": "工人要求付清。",
    "undisputed": "",
    "issues": "",
    "proposal": "",
    "attendance": "",
}


def plan(proceeding, by, **facts):
    facts = {
        **WHEN, "mode": "on_site", "room": None, "place": "302室", "link": "", "host": by, **facts,
    }  # fmt: skip
    return planning.plan_session(proceeding, **facts, at=TUESDAY, by=by)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"starts_at": at(9, 7, 8)}, planning.InThePast),
        ({"ends_at": at(9, 10, 9)}, planning.EndsTooEarly),
        ({"place": ""}, planning.PlaceOrLinkMissing),
        ({"mode": "video"}, planning.PlaceOrLinkMissing),
        ({"starts_at": at(10, 20, 9), "ends_at": at(10, 20, 11)}, planning.AfterTheTerm),
    ],
)
def test_what_cannot_be_is_not_planned(accepted_case, district_mediator, change, refusal):
    with pytest.raises(refusal):
        plan(accepted_case, district_mediator, **change)
    assert not PlannedSession.objects.exists()


def test_a_mediator_is_in_one_session_at_a_time(accepted_case, register, district_mediator):
    plan(accepted_case, district_mediator)
    other = make_case(register.guta, by=district_mediator)

    with pytest.raises(PersonTaken):
        plan(other, district_mediator)


def test_a_cancelled_session_gives_its_mediator_free(accepted_case, district_mediator):
    planning.cancel_plan(plan(accepted_case, district_mediator), at=TUESDAY, by=district_mediator)
    plan(accepted_case, district_mediator)

    assert planning.next_plan(accepted_case).cancelled is False


def test_the_record_begins_with_what_was_planned(accepted_case, district_mediator):
    plan(accepted_case, district_mediator)

    form = SessionForm(proceeding=accepted_case, user=district_mediator, today=TENTH_AT_11.date())

    assert form.fields["started_at"].initial == WHEN["starts_at"]
    assert form.fields["place"].initial == "302室"


def test_a_caucus_note_is_seen_by_the_office_alone(
    client, accepted_case, district_mediator, regional_head, other_mediator, arbitration_clerk,
    register,
):  # fmt: skip
    planning.add_caucus_note(
        accepted_case, side="worker", text="底线一万二", at=TUESDAY, by=district_mediator
    )
    url = reverse("mediation_sessions", args=[accepted_case.pk])
    clerk = factories.make_user("ls", "白某", office=register.guta, role=Role.FEDERATION_CLERK)
    accepted_case.handler = district_mediator
    accepted_case.save()

    found = {}
    for person in (district_mediator, regional_head, other_mediator, clerk, arbitration_clerk):
        client.force_login(person)
        answer = client.get(url)
        found[person.username] = (answer.status_code, "底线一万二" in answer.content.decode())
    go_to_arbitration(accepted_case, at=at(9, 14), by=regional_head)
    client.force_login(arbitration_clerk)
    after = client.get(url)

    assert found == {
        "guta": (200, True), "gutazr": (200, True), "linghe": (404, False),
        "ls": (403, False), "lian": (404, False),
    }  # fmt: skip
    assert after.status_code == 403
    case_page = client.get(reverse("case", args=[accepted_case.case_id])).content.decode()
    assert "底线一万二" not in case_page


def test_a_caucus_note_stays_as_it_is(accepted_case, district_mediator):
    planning.add_caucus_note(
        accepted_case, side="worker", text="甲", at=TUESDAY, by=district_mediator
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        CaucusNote.objects.all().delete()


def test_a_draft_is_kept_until_the_record_is_made(accepted_case, district_mediator):
    version = planning.keep_draft(
        accepted_case, data=DATA, version=0, at=TENTH_AT_11, by=district_mediator
    )
    form = SessionForm(proceeding=accepted_case, user=district_mediator, today=TENTH_AT_11.date())
    assert (version, form.fields["statements"].initial) == (1, "工人要求付清。")

    hold_session(accepted_case, by=district_mediator)
    assert not RecordDraft.objects.exists()


def test_two_people_see_what_the_other_wrote(accepted_case, district_mediator, regional_head):
    told = {"at": TENTH_AT_11, "by": district_mediator}
    planning.keep_draft(accepted_case, data=DATA, version=0, **told)
    with pytest.raises(planning.ChangedMeanwhile):
        planning.keep_draft(
            accepted_case, data=DATA | {"statements": "另一个版本"}, version=0, at=TENTH_AT_11,
            by=regional_head,
        )  # fmt: skip

    facts = session_facts(district_mediator.pk, statements="另一个版本", draft_version=0)
    written = {name: value for name, value in facts.items() if value not in (None, False)}
    written |= {name: f"{facts[name]:%Y-%m-%dT%H:%M}" for name in ("started_at", "ended_at")}
    form = SessionForm(
        written, proceeding=accepted_case, user=regional_head,
        today=TENTH_AT_11.date() + timedelta(days=1),
    )  # fmt: skip
    assert not form.is_valid()
    assert "工人要求付清。" in str(form.errors["statements"])

    again = SessionForm(
        form.data, proceeding=accepted_case, user=regional_head,
        today=TENTH_AT_11.date() + timedelta(days=1),
    )  # fmt: skip
    assert "statements" not in again.errors


def test_the_page_plans_and_takes_notes(client, accepted_case, district_mediator, clock_at):
    client.force_login(district_mediator)
    url = reverse("mediation_sessions", args=[accepted_case.pk])
    client.post(
        url,
        {
            "act": "plan", "starts_at": "2026-09-10T09:00", "ends_at": "2026-09-10T11:00",
            "mode": "on_site", "place": "302室", "host": district_mediator.pk,
        },
    )  # fmt: skip
    row = PlannedSession.objects.get()
    client.post(
        reverse("planned_session", args=[accepted_case.pk, row.pk]),
        {"on": "2026-09-08", "method": "handed"},
    )
    client.post(url, {"act": "caucus", "side": "employer", "text": "最多一万"})
    page = client.get(url).content.decode()

    row.refresh_from_db()
    assert row.notified_on is not None
    assert "302室" in page
    assert "最多一万" in page


@pytest.fixture
def clock_at():
    import time_machine

    with time_machine.travel(TUESDAY, tick=True):
        yield
