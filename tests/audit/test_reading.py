"""What is read, handed out and refused is written down, and the reader waits for none of it."""

import logging

import pytest
from axes.signals import user_locked_out
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from audit import doors, middleware, trail
from audit.models import AuditEntry
from disputes.domain.evidence import add_evidence
from disputes.models import Wall
from offices.domain.tokens import issue_token, revoke_token
from tests.factories import MONDAY, PASSWORD, code_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def mediator(client, district_mediator, district_case):
    """A mediator at her desk, with a case; what happened before is not looked at."""
    client.force_login(district_mediator)
    return district_mediator


def lines(**facts):
    """Return the lines of the log that tell of doors, oldest first."""
    changes = ("add", "change", "remove", "login")
    return AuditEntry.objects.filter(**facts).exclude(action__in=changes).order_by("pk")


def leave(response):
    """Close *response* as the server does after its last byte, the connection kept for the test."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


def test_the_view_of_a_case_is_one_line(client, mediator, district_case):
    client.get(reverse("case", args=[district_case.case_id]), REMOTE_ADDR="10.0.0.8")

    line = lines().get()
    assert (line.action, line.door) == ("view", "case")
    assert (line.object_type, line.object_id) == ("disputes.case", district_case.case_id)
    assert line.case_id == district_case.case_id
    assert (line.actor, line.actor_name, line.address) == (mediator, "张敏", "10.0.0.8")
    assert line.served_as == f"mediator@{district_case.office_id}"


def test_each_view_is_a_line_of_its_own(client, mediator, district_case):
    for _n in range(3):
        client.get(reverse("case", args=[district_case.case_id]))

    assert lines(action="view").count() == 3
    assert len(set(lines().values_list("request", flat=True))) == 3


def test_nothing_is_asked_for_it_before_the_answer_has_left(mediator, district_case):
    request = RequestFactory().get("/")
    request.user, seen = mediator, []

    def page(request):
        request.resolver_match = get_resolver().resolve(f"/cases/{district_case.case_id}/")
        return HttpResponse("…")

    with CaptureQueriesContext(connection) as before:
        response = middleware.AuditMiddleware(page)(request)
    seen.append(lines().count())
    leave(response)

    assert (len(before), seen) == (0, [0])
    assert lines().get().object_id == district_case.case_id


def test_a_page_asks_as_many_queries_as_without_the_log(
    client, mediator, district_case, settings, django_assert_num_queries
):
    url = reverse("case", args=[district_case.case_id])
    client.get(url)
    bare = [name for name in settings.MIDDLEWARE if not name.startswith("audit.")]
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    settings.MIDDLEWARE = bare

    fresh = type(client)()
    fresh.cookies = client.cookies
    with django_assert_num_queries(len(asked)):
        fresh.get(url)


def test_a_closed_answer_is_written_once(mediator, district_case, client):
    response = client.get(reverse("case", args=[district_case.case_id]))
    leave(response)

    assert lines().count() == 1


def test_a_list_is_a_line_and_a_search_another(client, mediator):
    client.get(reverse("cases"))
    client.get(reverse("cases"), {"q": "韩玉兰"})

    listed, searched = lines()
    assert (listed.action, listed.object_type) == ("list", "")
    assert searched.action == "search"


def test_words_searched_for_are_known_again_and_not_readable(client, mediator):
    for words in ("韩玉兰", "韩玉兰", "15400001234", "2026-锦-000001"):
        client.get(reverse("cases"), {"q": words})

    first, again, phone, number = [line.changes["q"][1] for line in lines()]
    assert first == again
    assert first.startswith("•••(3)")
    assert phone.startswith("•••(11)")
    assert number == "2026-锦-000001"
    assert doors.say_words("古塔调〔2026〕第1号") == "古塔调〔2026〕第1号"
    assert doors.say_words("210799199001010012").startswith("•••(18)")


def test_a_stranger_at_the_door_is_a_refusal_with_the_case(client, other_mediator, district_case):
    client.force_login(other_mediator)
    answer = client.get(reverse("case", args=[district_case.case_id]))

    line = lines().get()
    assert answer.status_code == 404
    assert (line.action, line.reason) == ("refused", "404")
    assert (line.actor, line.case_id) == (other_mediator, district_case.case_id)


def test_a_colleague_without_the_duty_is_a_refusal(client, mediator):
    answer = client.get(reverse("offices"))

    assert answer.status_code == 403
    assert (lines().get().action, lines().get().reason) == ("refused", "403")


def test_behind_a_wall_every_knock_is_heard(client, mediator, district_case):
    Wall.objects.create(case=district_case.case, user=mediator, reason="回避", at=MONDAY)

    client.get(reverse("case", args=[district_case.case_id]))

    assert lines(action="refused", case_id=district_case.case_id).count() == 1
    assert not lines(action="view").exists()


def test_a_file_is_a_line_and_so_is_its_refusal(client, mediator, other_mediator, district_case):
    upload = SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")
    row = add_evidence(district_case, file=upload, at=MONDAY, by=mediator)

    b"".join(client.get(reverse("material", args=[row.pk])).streaming_content)
    client.force_login(other_mediator)
    client.get(reverse("material", args=[row.pk]))

    opened, refused = lines(object_type="disputes.evidence")
    assert (opened.action, opened.case_id) == ("file", district_case.case_id)
    assert (refused.action, refused.case_id) == ("refused", district_case.case_id)


def test_a_reveal_is_one_line_with_its_purpose(client, mediator, district_case):
    worker = district_case.case.parties.get(kind="worker")
    url = reverse("party_field", args=[worker.pk, "phone"])
    client.get(url)
    client.post(url, {"reason": "电话联系当事人"})

    line = lines().get()
    assert (line.action, line.reason, line.actor) == ("reveal", "电话联系当事人", mediator)
    assert (line.case_id, line.door) == (district_case.case_id, "party_field")


def test_a_step_knows_its_case(client, district_case, regional_head):
    client.force_login(regional_head)
    task = district_case.course.process.task_set.get(
        status__in=["NEW", "ASSIGNED"], flow_task_type="HUMAN"
    )

    client.get(reverse("step", args=[task.pk]))

    line = lines().get()
    assert (line.object_type, line.case_id) == ("viewflow.task", district_case.case_id)


def test_addresses_that_lead_nowhere_and_parts_of_forms_are_no_lines(client, mediator):
    client.get("/nothing/here/")
    client.post(reverse("set_language"), {"language": "en"})
    client.get(reverse("inbox"))

    assert not lines().exists()


def test_who_is_not_logged_in_reads_nothing_and_is_not_written_down(client, district_case):
    client.get(reverse("case", args=[district_case.case_id]))

    assert not lines().exists()


def test_logging_in_and_out(client, district_mediator):
    sent = {"username": "guta", "password": PASSWORD, "code": code_of(district_mediator)}
    client.post(reverse("login"), sent, REMOTE_ADDR="10.0.0.9")
    client.post(reverse("logout"))

    came, went = AuditEntry.objects.filter(action__in=["login", "logout"]).order_by("pk")
    assert (came.action, came.actor, came.address) == ("login", district_mediator, "10.0.0.9")
    assert (went.action, went.actor) == ("logout", district_mediator)


def test_a_failed_log_in_names_the_account_and_nothing_typed(client, district_mediator):
    client.post(reverse("login"), {"username": "GUTA", "password": "wrong"})
    client.post(reverse("login"), {"username": "my-Secret-Password-9", "password": "x"})

    known, unknown = lines(action="login_failed")
    assert (known.actor, known.object_id) == (None, district_mediator.pk)
    assert unknown.object_id is None
    assert unknown.changes == {"username": [None, "•••(20)"]}


def test_a_token_that_opens_nothing_any_more_is_a_refusal(client, district_mediator):
    row, token = issue_token(
        district_mediator, name="月报", scopes=["cases:read"], days=30, at=timezone.now()
    )
    revoke_token(row, at=timezone.now())
    for said in (token, "fx_nonsense", "ÿ"):
        answer = client.get(reverse("api-cases"), headers={"Authorization": f"Bearer {said}"})
        leave(answer)
        assert (answer.status_code, lines(action="refused").count()) == (401, 1)
    line = lines(action="refused").get()
    assert (line.actor, line.object_id) == (None, district_mediator.pk)
    assert (line.door, line.reason) == ("api-cases", "401")


def test_a_lock_is_a_refusal(district_mediator):
    request = RequestFactory().post("/login/")
    user_locked_out.send(sender="axes", request=request, username="guta", ip_address="10.0.0.9")

    line = lines().get()
    assert (line.action, line.reason, line.object_id) == ("refused", "locked", district_mediator.pk)


def test_a_line_that_cannot_be_written_is_told_to_the_operator_without_words(caplog, mediator):
    line = trail._line(RequestFactory().get("/cases/?q=韩玉兰"), "view", mediator, {})

    with transaction.atomic():
        trail.write_behind([line | {"action": "longer than any"}])
        transaction.set_rollback(True)

    assert "lost" in caplog.text
    assert "韩玉兰" not in caplog.text


def test_no_line_of_any_log_holds_what_was_searched_or_typed(
    client, mediator, district_case, caplog
):
    with caplog.at_level(logging.DEBUG):
        client.get(reverse("cases"), {"q": "韩玉兰"})
        client.get(reverse("case", args=[10**9]), {"q": "15400001234"})
        client.post(reverse("login"), {"username": "my-Secret-9", "password": "my-Secret-8"})

    for secret in ("韩玉兰", "15400001234", "my-Secret-8"):
        assert secret not in caplog.text


# Addresses that name a sum, a year or a part of a form: nothing that belongs to anybody.
NAMELESS = (
    "calculators/", "api/calculators/", "cases/new/", "law/rules/<slug", "law/holidays/",
    "papers/templates/",
    # A secret names who is let in; it does not belong in a log.
    "meetings/answer/", "calendar/<str:secret>",
)  # fmt: skip


def routes(resolver, before=""):
    """Yield the whole route of every door below *resolver*."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, route)
        else:
            yield route


def test_every_door_that_names_an_object_is_known_to_the_log():
    known = tuple(route for route, _key, _label in settings.AUDIT["OBJECTS"])

    unknown = [
        route
        for route in routes(get_resolver())
        if "<" in route and not route.startswith((*known, *NAMELESS))
    ]

    assert unknown == [], "Name their objects in config/auditing.py"


def test_the_configured_doors_exist():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert set(settings.AUDIT["DOORS"]) <= names
    assert settings.AUDIT["SILENT"] - {"audit_printed"} <= names
