"""Working on a matter: the log, the closing report, the rating, the check of quality."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.permissions import visible_cases
from legal_aid.domain import refusals, representation
from legal_aid.models import Closing, WorkEntry
from offices.duties import Role
from tests.factories import MONDAY, make_user
from tests.legal_aid.acts import AT, engage

TODAY = MONDAY.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(district_case, register, lawyer, aid_administrator):
    return engage(district_case.case, register, lawyer, by=aid_administrator)


def log(matter, by, *, hours="1.5", on=TODAY):
    return representation.log_work(
        matter, on=on, kind="reading", hours=Decimal(hours), text="阅卷", at=AT, by=by
    )


def close(matter, by):
    return representation.close(
        matter, outcome="settled", recovered=Decimal("14600.00"), report="调解结案。", at=AT, by=by
    )


def test_hours_add_up(matter, lawyer):
    log(matter, lawyer)
    log(matter, lawyer, hours="0.5")
    assert representation.hours_of(matter) == Decimal("2.0")


def test_only_what_was_done_is_logged_by_whoever_did_it(matter, lawyer, register):
    with pytest.raises(refusals.NotYetDay):
        log(matter, lawyer, on=TODAY + timedelta(days=1))
    other = make_user("lv2", "魏然", office=register.aid_centre, role=Role.LAWYER)
    with pytest.raises(refusals.NotHers):
        log(matter, other)


def test_the_report_ends_the_matter_and_closes_the_file(matter, lawyer):
    with pytest.raises(refusals.NothingLogged):
        close(matter, lawyer)
    log(matter, lawyer)
    assert matter.application.case in visible_cases(lawyer, on=TODAY)
    close(matter, lawyer)
    assert matter.application.case not in visible_cases(lawyer, on=TODAY)
    for verb in (log, close):
        with pytest.raises(refusals.ClosedAlready):
            verb(matter, lawyer)


def test_nobody_scores_her_own_work_nor_twice(matter, lawyer, aid_administrator):
    log(matter, lawyer)
    closing = close(matter, lawyer)
    with pytest.raises(refusals.OwnWork):
        representation.rate(closing, rating=5, words="", at=AT, by=lawyer)
    with pytest.raises(refusals.OwnWork):
        representation.check_quality(closing, quality=100, words="", at=AT, by=lawyer)
    representation.rate(closing, rating=5, words="很满意", at=AT, by=aid_administrator)
    representation.check_quality(closing, quality=92, words="", at=AT, by=aid_administrator)
    with pytest.raises(refusals.CheckedAlready):
        representation.rate(closing, rating=1, words="", at=AT, by=aid_administrator)
    with pytest.raises(refusals.CheckedAlready):
        representation.check_quality(closing, quality=1, words="", at=AT, by=aid_administrator)


def test_the_database_keeps_the_rules_of_the_work(matter, lawyer):
    log(matter, lawyer)
    closing = close(matter, lawyer)
    for rows, facts, constraint in (
        (WorkEntry.objects.all(), {"hours": Decimal(0)}, "work_hours"),
        (WorkEntry.objects.all(), {"hours": Decimal("24.1")}, "work_hours"),
        (Closing.objects.filter(pk=closing.pk), {"rating": 6}, "closing_rated_1_to_5"),
        (Closing.objects.filter(pk=closing.pk), {"quality": 90}, "closing_quality_by_somebody"),
        (Closing.objects.filter(pk=closing.pk), {"recovered": -1}, "closing_whole"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            rows.update(**facts)


def test_the_lawyer_logs_and_closes_and_the_centre_checks(
    client, clock, matter, lawyer, aid_administrator
):
    client.force_login(lawyer)

    def act(name, **sent):
        return client.post(reverse("engagement_act", args=[matter.pk, name]), sent)

    assert act("log", on="2026-09-07", hours="30", kind="reading", text="阅卷").status_code == 422
    act("log", on="2026-09-07", hours="2.5", kind="mediation", text="参加调解")
    page = client.get(reverse("engagement", args=[matter.pk])).text
    assert "共 2.5 小时" in page
    act("close", outcome="settled", recovered="14600", report="双方达成协议。")
    assert "14,600.00" in client.get(reverse("engagement", args=[matter.pk])).text
    client.force_login(aid_administrator)
    url = reverse("application", args=[matter.application_id])
    assert "双方达成协议" in client.get(url).text
    for name, sent in (("rate", {"rating": "5", "words": "好"}), ("quality", {"quality": "95"})):
        client.post(reverse("application_act", args=[matter.application_id, name]), sent)
    text = client.get(url).text
    assert "5 / 5" in text
    assert "95 / 100" in text
    assert "申请办案补贴" in text
