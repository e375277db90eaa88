"""Giving files out, many at once, with suggestions; handing on what leavers leave."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from disputes.domain import declarations
from disputes.models import Cause, Declaration, Proceeding, Wall
from mediation.domain import acceptance
from mediation.domain.appointment import ConflictNotDeclared
from notices.models import Notice
from offices.domain.absences import enter_absence
from offices.domain.staffing import end_posting
from offices.duties import Role
from tests import factories
from tests.workflows.test_mediation_flow import accept, consult
from tests.workflows.walking import do, open_titles, task_of
from workflows.alarms import tell_of_leavers
from workflows.courses import NotTheWork, change_handler

pytestmark = pytest.mark.django_db
# Session, person, postings; files, parties, clocks; who serves, postings at employers, ties,
# other side, walls; federation, unread notices, the law.
GIVING_QUERIES = 15
LEAVERS_QUERIES = 8
STAFF_QUERIES = 7


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def feng(register):
    return factories.make_user("guta2", "冯远", office=register.guta, role=Role.MEDIATOR)


@pytest.fixture
def make_waiting(register, district_mediator, regional_head, feng, now):
    """Make an accepted case of 古塔 that waits for a mediator."""

    def make(**facts):
        before = now - timedelta(hours=2)
        proceeding = factories.make_case(register.guta, at=before, by=district_mediator, **facts)
        signed = {"by": district_mediator, "at": before}
        do(proceeding, "examine", acceptance.examine, in_scope=True, complete=True, **signed)
        consult(proceeding, answer="agreed", **signed)
        do(proceeding, "decide", acceptance.decide, by=regional_head, at=before, accepted=True)
        proceeding.refresh_from_db()
        return proceeding

    return make


@pytest.fixture
def held(register, district_mediator, regional_head, feng, now):
    before = now - timedelta(hours=3)
    proceeding = factories.make_case(register.guta, at=before, by=district_mediator)
    accept(proceeding, mediator=district_mediator, head=regional_head, at=before)
    return proceeding


def post(client, rows, *, url=None, reason="按在办件数均衡分派"):
    data = {"reason": reason, "take": [row.pk for row, _person in rows]}
    data |= {f"to-{row.pk}": person.pk for row, person in rows}
    return client.post(url or reverse("distribution"), data)


def test_the_page_suggests_evenly_and_says_why(
    client, make_waiting, regional_head, district_mediator, feng
):
    first, second, third = make_waiting(), make_waiting(), make_waiting()
    client.force_login(regional_head)
    answer = client.get(reverse("distribution"))
    page = answer.content.decode()
    assert all(each.number in page for each in (first, second, third))
    assert "手头在办 0 件" in page
    assert "韩玉兰" not in page
    chosen = [row.chosen.person for row in answer.context["rows"]]
    assert len(set(chosen)) == 3


def test_many_files_go_out_in_one_post(
    client, make_waiting, regional_head, district_mediator, feng
):
    first, second, left = make_waiting(), make_waiting(), make_waiting()
    client.force_login(regional_head)
    answer = post(client, [(first, district_mediator), (second, feng)])
    assert answer.status_code == 302
    for proceeding, person in ((first, district_mediator), (second, feng)):
        proceeding.refresh_from_db()
        assert (proceeding.handler, open_titles(proceeding)) == (person, ["mediate"])
        assert proceeding.appointments.get().reason == "按在办件数均衡分派"
    left.refresh_from_db()
    assert (left.handler, open_titles(left)) == (None, ["appoint"])
    assert second.number in str(Notice.objects.get(recipient=feng))


def test_a_row_that_is_refused_keeps_its_reason_and_the_others_go(
    client, make_waiting, regional_head, district_mediator, feng, now
):
    good, bad = make_waiting(), make_waiting()
    client.force_login(regional_head)
    client.get(reverse("distribution"))
    # Since the page was shown, 冯远 has been kept away from one of them.
    Wall.objects.create(case=bad.case, user=feng, reason="回避", at=now)
    answer = post(client, [(good, feng), (bad, feng)])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请选择由谁承办本案" in page
    assert "冯远已回避本案" in page
    assert good.number not in page.split("<tbody>")[1]
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.handler, bad.handler) == (feng, None)


def test_a_file_that_went_meanwhile_is_not_given_twice(
    client, make_waiting, regional_head, district_mediator, feng, monkeypatch
):
    proceeding = make_waiting()
    client.force_login(regional_head)
    post(client, [(proceeding, feng)])
    answer = post(client, [(proceeding, district_mediator)])
    assert answer.status_code == 422
    proceeding.refresh_from_db()
    assert proceeding.handler == feng


def test_without_a_tick_or_a_reason_nothing_goes(client, make_waiting, regional_head, feng):
    proceeding = make_waiting()
    client.force_login(regional_head)
    assert post(client, [(proceeding, feng)], reason="").status_code == 422
    assert "请勾选" in post(client, []).content.decode()
    proceeding.refresh_from_db()
    assert proceeding.handler is None


def test_who_has_a_tie_is_not_offered_and_cannot_be_chosen(
    client, make_waiting, regional_head, feng, now
):
    proceeding = make_waiting()
    declarations.declare(feng, kind=Declaration.Kind.RELATIVE, name="韩玉兰", at=now)
    client.force_login(regional_head)
    page = client.get(reverse("distribution")).content.decode()
    assert f'<option value="{feng.pk}"' not in page
    assert post(client, [(proceeding, feng)]).status_code == 422
    proceeding.refresh_from_db()
    assert proceeding.handler is None


@pytest.mark.parametrize("name", ["distribution", "leavers", "staff"])
def test_only_who_leads_gives_files_out(client, make_waiting, district_mediator, name):
    make_waiting()
    client.force_login(district_mediator)
    assert client.get(reverse(name)).status_code == 403


def test_a_head_of_another_office_sees_nothing_of_it(
    client, register, make_waiting, held, district_mediator, now
):
    waiting = make_waiting()
    other = factories.make_user("linghezr", "钱进", office=register.linghe, role=Role.HEAD)
    end_posting(district_mediator.postings.get(), until=timezone.localdate(now) - timedelta(days=1))
    client.force_login(other)
    assert waiting.number not in client.get(reverse("distribution")).content.decode()
    assert "张敏" not in client.get(reverse("leavers")).content.decode()
    assert "张敏" not in client.get(reverse("staff")).content.decode()
    for name in ("leaver", "staff_skills"):
        assert client.get(reverse(name, args=[district_mediator.pk])).status_code == 404
    answer = post(client, [(waiting, other)])
    assert answer.status_code == 422
    waiting.refresh_from_db()
    assert waiting.handler is None


def test_a_head_who_is_walled_off_does_not_give_the_file(client, make_waiting, regional_head, now):
    proceeding = make_waiting()
    Wall.objects.create(case=proceeding.case, user=regional_head, reason="回避", at=now)
    client.force_login(regional_head)
    assert proceeding.number not in client.get(reverse("distribution")).content.decode()


def test_files_that_are_hidden_from_a_head_are_not_counted_for_her(
    client, make_waiting, register, district_mediator, now
):
    waiting = make_waiting()
    head = factories.make_user("gutafzr", "沈平", office=register.guta, role=Role.HEAD)
    file = factories.make_case(register.guta, at=now, handler=district_mediator)
    today, after = timezone.localdate(now), timedelta(days=5)
    end_posting(district_mediator.postings.get(), until=today + after, on=today)
    client.force_login(head)

    def counted():
        staff = client.get(reverse("staff")).context["staff"]
        (row,) = client.get(reverse("distribution")).context["rows"]
        assert row.proceeding == waiting
        files = {each.person: each.open_files for each in row.candidates}
        return next(p.files for p in staff if p == district_mediator), files[district_mediator]

    assert counted() == (1, 1)
    Wall.objects.create(case=file.case, user=head, reason="回避", at=now)
    Notice.objects.all().delete()
    assert counted() == (0, 0)
    tell_of_leavers(at=now)
    assert not Notice.objects.filter(recipient=head).exists()


def test_the_files_of_a_leaver_stand_on_one_page_and_are_handed_on(
    client, held, district_mediator, regional_head, feng, now
):
    end_posting(district_mediator.postings.get(), until=timezone.localdate(now) - timedelta(days=1))
    client.force_login(regional_head)
    page = client.get(reverse("leavers")).content.decode()
    assert "张敏" in page
    assert "已不在本单位任职" in page
    url = reverse("leaver", args=[district_mediator.pk])
    page = client.get(url).content.decode()
    assert held.number in page
    assert f'<option value="{district_mediator.pk}"' not in page
    assert post(client, [(held, feng)], url=url, reason="张敏离任").status_code == 302
    held.refresh_from_db()
    assert held.handler == feng
    assert task_of(held, "mediate").owner == feng
    assert "张敏" not in client.get(reverse("leavers")).content.decode()


def test_who_leaves_soon_and_who_is_away_uncovered_is_shown_before(
    client, held, district_mediator, regional_head, feng, now
):
    today = timezone.localdate(now)
    client.force_login(regional_head)
    assert "张敏" not in client.get(reverse("leavers")).content.decode()
    absence = enter_absence(
        district_mediator, since=today, until=today + timedelta(days=4), at=now, by=regional_head
    )
    assert "未指定代理人" in client.get(reverse("leavers")).content.decode()
    absence.substitute = feng
    absence.save()
    assert "张敏" not in client.get(reverse("leavers")).content.decode()
    end_posting(district_mediator.postings.get(), until=today + timedelta(days=9), on=today)
    assert "任职至" in client.get(reverse("leavers")).content.decode()


def test_the_head_is_told_once_that_somebody_leaves_files(
    held, district_mediator, regional_head, now
):
    today = timezone.localdate(now)
    Notice.objects.all().delete()
    assert tell_of_leavers(at=now) == 0
    end_posting(district_mediator.postings.get(), until=today + timedelta(days=5), on=today)
    for _ in range(2):
        assert tell_of_leavers(at=now) == 1
    (notice,) = Notice.objects.all()
    assert notice.recipient == regional_head
    assert "张敏" in str(notice)
    assert notice.url == reverse("leaver", args=[district_mediator.pk])


def test_who_goes_on_in_another_role_does_not_leave(held, district_mediator, register, now):
    today = timezone.localdate(now)
    posting = district_mediator.postings.get()
    factories.post(district_mediator, office=register.guta, role=Role.HEAD, since=today)
    end_posting(posting, until=today - timedelta(days=1), on=today)
    assert tell_of_leavers(at=now) == 0


def test_a_file_is_not_given_to_who_does_not_do_this_work_or_was_not_asked(
    held, regional_head, other_mediator, feng, now
):
    facts = {"reason": "x", "at": now, "by": regional_head}
    with pytest.raises(NotTheWork):
        change_handler(held, handler=other_mediator, conflict_declared=True, **facts)
    with pytest.raises(ConflictNotDeclared):
        change_handler(held, handler=feng, conflict_declared=False, **facts)


def test_a_head_says_what_her_people_know(client, make_waiting, regional_head, feng):
    client.force_login(regional_head)
    url = reverse("staff_skills", args=[feng.pk])
    assert client.get(url).status_code == 200
    data = {"causes": [Cause.WAGES], "industries": "建筑业\n建筑业\n"}
    assert client.post(url, data).status_code == 302
    held = set(feng.skills.values_list("cause", "industry"))
    assert held == {("wages", ""), ("", "建筑业")}
    page = client.get(reverse("staff")).content.decode()
    assert "建筑业" in page
    make_waiting()
    rows = client.get(reverse("distribution")).context["rows"]
    assert rows[0].chosen.person == feng


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_number_of_questions(
    client, register, make_waiting, held, regional_head, district_mediator,
    django_assert_num_queries, count, now,
):  # fmt: skip
    today = timezone.localdate(now)
    end_posting(district_mediator.postings.get(), until=today + timedelta(days=9), on=today)
    for serial in range(count):
        person = factories.make_user(
            f"guta-{serial}", f"甲{serial}", office=register.guta, role=Role.MEDIATOR
        )
        factories.make_case(register.guta, at=now, handler=person)
        end_posting(person.postings.get(), until=today + timedelta(days=3), on=today)
    for _ in range(count):
        factories.make_case(register.guta, at=now, handler=district_mediator)
    waiting = [make_waiting_again(register, regional_head, now) for _ in range(count)]
    client.force_login(regional_head)
    for name, queries in (
        ("distribution", GIVING_QUERIES),
        ("leavers", LEAVERS_QUERIES),
        ("staff", STAFF_QUERIES),
    ):
        with django_assert_num_queries(queries):
            answer = client.get(reverse(name))
        assert answer.status_code == 200
    assert waiting


def make_waiting_again(register, head, now):
    """Make an accepted file without a handler."""
    proceeding = factories.make_case(register.guta, at=now)
    Proceeding.objects.filter(pk=proceeding.pk).update(accepted_on=timezone.localdate(now))
    return proceeding
