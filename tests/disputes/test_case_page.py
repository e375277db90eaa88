"""The page of a case: as much as each person reads, in a fixed number of queries."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disputes.domain.escalation import escalate, go_to_arbitration
from disputes.domain.evidence import add_evidence
from disputes.domain.proceedings import close_proceeding, end_case
from disputes.domain.timeline import record
from disputes.models import (
    CaseGrant,
    Claim,
    Evidence,
    Outcome,
    Party,
    Reveal,
    TimelineEntry,
    Wall,
)
from tests.disputes.test_intake_page import PDF
from tests.factories import MONDAY, make_case
from workflows.demo.materials import make_pdf

Reach = TimelineEntry.Reach
# Session, person, postings, notices, state of the law, case, proceedings, parties, claims, clocks,
# timeline, materials; of the course: where the case stands, the steps that are hers, her duties.
QUERIES = 15


def url_of(proceeding):
    return reverse("case", args=[proceeding.case_id])


def read(client, user, url, **data):
    client.force_login(user)
    return client.get(url, data)


def text_of(client, user, proceeding, **data):
    answer = read(client, user, url_of(proceeding), **data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_handles_the_case_sees_it_masked(client, district_mediator, district_case):
    text = text_of(client, district_mediator, district_case)
    worker = district_case.case.parties.get(role=Party.Role.APPLICANT)
    assert "韩*兰" in text
    assert "锦北样例建筑003有限公司" in text
    assert "14,600.00" in text
    for secret in (worker.name, worker.id_number, worker.phone, worker.address):
        assert secret not in text


def test_a_stranger_finds_nothing(client, other_mediator, auditor, administrator, district_case):
    for user in (other_mediator, auditor, administrator):
        assert read(client, user, url_of(district_case)).status_code == 404


def test_a_wall_hides_the_case_from_whoever_handles_it(client, district_mediator, district_case):
    Wall.objects.create(case=district_case.case, user=district_mediator, reason="亲属", at=MONDAY)
    assert read(client, district_mediator, url_of(district_case)).status_code == 404


def test_a_leader_reads_the_outline_only(client, leader, district_case):
    record(
        district_case.case,
        "Note",
        at=MONDAY,
        proceeding=district_case,
        reach=Reach.ALL,
        text="口述内容",
    )
    text = text_of(client, leader, district_case)
    assert "韩*兰" in text
    assert "口述内容" not in text
    assert "party_field" not in text
    assert "/parties/" not in text
    assert "/notes/" not in text


def test_a_reporter_reads_how_it_stands_and_how_it_ended(client, reporter, register):
    proceeding = make_case(register.guta, by=reporter)
    text = text_of(client, reporter, proceeding)
    assert register.guta.name in text
    for hidden in ("14,600", "/deadlines/", "/parties/", "/notes/"):
        assert hidden not in text
    close_proceeding(proceeding, outcome=Outcome.SETTLED, at=MONDAY + timedelta(days=3))
    end_case(proceeding.case, at=MONDAY + timedelta(days=3), outcome=Outcome.SETTLED, tier=2)
    assert str(Outcome.SETTLED.label) in text_of(client, reporter, proceeding)


def test_a_lawyer_with_a_grant_reads_the_content_until_its_last_day(client, lawyer, district_case):
    grant = CaseGrant.objects.create(
        case=district_case.case, user=lawyer, kind="lawyer", reason="指派", granted_at=MONDAY
    )
    assert "/parties/" in text_of(client, lawyer, district_case)
    grant.until = MONDAY.date()
    grant.save()
    assert read(client, lawyer, url_of(district_case)).status_code == 404


def test_what_was_said_in_mediation_does_not_reach_arbitration(
    client, district_case, arbitration_clerk, district_mediator
):
    district_case.handler = district_mediator
    district_case.save()
    for reach, text in (
        (Reach.OFFICE, "让步底线"),
        (Reach.ONWARD, "随案材料"),
        (Reach.ALL, "公开经过"),
    ):
        record(
            district_case.case, "Note", at=MONDAY, proceeding=district_case, reach=reach, text=text
        )
    proceeding = go_to_arbitration(district_case, at=MONDAY + timedelta(days=1))
    text = text_of(client, arbitration_clerk, proceeding)
    assert "让步底线" not in text
    assert "随案材料" in text
    assert "公开经过" in text
    assert "让步底线" in text_of(client, district_mediator, proceeding)


def test_every_page_of_an_open_case_shows_the_right_to_arbitrate(
    client, district_mediator, leader, reporter, register
):
    proceeding = make_case(register.guta, by=reporter)
    for user in (district_mediator, leader, reporter):
        assert 'aria-labelledby="right"' in text_of(client, user, proceeding)
    close_proceeding(proceeding, outcome=Outcome.WITHDRAWN, at=MONDAY + timedelta(days=1))
    end_case(proceeding.case, at=MONDAY + timedelta(days=1), outcome=Outcome.WITHDRAWN, tier=2)
    assert 'aria-labelledby="right"' not in text_of(client, district_mediator, proceeding)


def fill(proceeding, rows, by):
    """Give the case of *proceeding* that many more rows of every kind."""
    case = proceeding.case
    for n in range(rows):
        record(
            case,
            "Note",
            at=MONDAY + timedelta(minutes=n),
            by=by,
            proceeding=proceeding,
            reach=Reach.OFFICE,
            kind="note",
            text=f"第{n}条",
        )
        Party(case=case, role="third", kind="worker", name=f"王小{n}").save()
        Claim.objects.create(case=case, kind="overtime", amount=Decimal(n))
        Evidence.objects.create(
            case=case,
            proceeding=proceeding,
            name=f"{n}.pdf",
            file="x",
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            added_at=MONDAY,
        )


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_asks_the_same_number_of_queries_at_any_size(
    client, django_assert_num_queries, district_mediator, district_case, rows
):
    fill(district_case, rows, district_mediator)
    text_of(client, district_mediator, district_case)
    with django_assert_num_queries(QUERIES):
        client.get(url_of(district_case))


def test_the_timeline_is_paged_by_key_and_shows_each_entry_once(
    client, district_mediator, district_case
):
    fill(district_case, 45, district_mediator)
    seen, before = [], ""
    for _page in range(10):
        answer = read(client, district_mediator, url_of(district_case), before=before)
        seen += [entry.pk for entry in answer.context["entries"]]
        before = answer.context["older"]
        if not before:
            break
    assert (
        len(seen) == len(set(seen)) == TimelineEntry.objects.filter(case=district_case.case).count()
    )


def test_the_timeline_is_filtered_by_kind(client, district_mediator, district_case):
    fill(district_case, 2, district_mediator)
    answer = read(client, district_mediator, url_of(district_case), kind="note")
    assert {entry.kind for entry in answer.context["entries"]} == {"note"}


@pytest.mark.parametrize(
    "query",
    [
        {"before": "x"},
        {"before": "9" * 18 + "_1"},
        {"before": "-1_-1"},
        {"before": "\x00"},
        {"kind": "nonsense"},
        {"kind": "\x00"},
        {"correct": "x"},
        {"correct": "9" * 40},
        {"correct": "²"},
    ],
)
def test_bad_questions_are_answered_with_the_page(client, district_mediator, district_case, query):
    assert read(client, district_mediator, url_of(district_case), **query).status_code == 200


@pytest.mark.parametrize("pk", ["0", "9" * 18, "9" * 40, "-1", "abc", "%00"])
def test_numbers_that_name_no_case_are_not_found(client, district_mediator, pk):
    client.force_login(district_mediator)
    for url in (f"/cases/{pk}/", f"/deadlines/{pk}/", f"/materials/{pk}/", f"/parties/{pk}/phone/"):
        assert client.get(url).status_code == 404


def note(client, user, proceeding, **changes):
    client.force_login(user)
    values = {"text": "已与单位电话沟通。", "kind": "call", "reach": "office", **changes}
    return client.post(reverse("case_note", args=[proceeding.case_id]), values)


def test_a_note_is_written_into_the_timeline(client, district_mediator, district_case):
    assert note(client, district_mediator, district_case).status_code == 302
    entry = TimelineEntry.objects.get(text="已与单位电话沟通。")
    assert (entry.kind, entry.reach, entry.actor) == ("call", "office", district_mediator)
    assert entry.proceeding == district_case


def test_a_note_for_oneself_is_read_by_nobody_else(
    client, district_mediator, regional_head, district_case
):
    note(client, district_mediator, district_case, reach="own")
    assert "已与单位电话沟通。" in text_of(client, district_mediator, district_case)
    assert "已与单位电话沟通。" not in text_of(client, regional_head, district_case)


def test_a_note_is_corrected_by_a_further_entry_of_its_writer(
    client, district_mediator, regional_head, district_case
):
    note(client, district_mediator, district_case)
    entry = TimelineEntry.objects.get(text="已与单位电话沟通。")
    assert (
        note(
            client, district_mediator, district_case, corrects=entry.pk, text="是与项目经理。"
        ).status_code
        == 302
    )
    assert TimelineEntry.objects.get(text="是与项目经理。").facts["corrects"] == str(entry.pk)
    assert TimelineEntry.objects.filter(pk=entry.pk, text="已与单位电话沟通。").exists()
    answer = note(client, regional_head, district_case, corrects=entry.pk, text="改别人的。")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": "\x00"},
        {"text": "长" * 2001},
        {"kind": "course"},
        {"kind": "x"},
        {"reach": "all"},
        {"reach": ""},
    ],
)
def test_a_bad_note_is_refused_and_kept_on_the_page(
    client, district_mediator, district_case, changes
):
    before = TimelineEntry.objects.count()
    answer = note(client, district_mediator, district_case, **changes)
    assert answer.status_code == 200
    assert TimelineEntry.objects.count() == before


def test_only_those_who_work_in_the_case_write(client, leader, other_mediator, district_case):
    assert note(client, leader, district_case).status_code == 403
    assert note(client, other_mediator, district_case).status_code == 404


def field_url(party, field="phone"):
    return reverse("party_field", args=[party.pk, field])


def test_a_masked_field_is_shown_for_a_reason_and_leaves_a_trace(
    client, district_mediator, district_case
):
    worker = district_case.case.parties.get(role=Party.Role.APPLICANT)
    client.force_login(district_mediator)
    answer = client.post(field_url(worker), {"reason": "通知调解时间"})
    assert worker.phone in answer.content.decode()
    assert answer.headers["Refresh"].startswith("60;")
    assert "no-store" in answer.headers["Cache-Control"]
    trace = Reveal.objects.get()
    assert (trace.party, trace.field, trace.user, trace.reason) == (
        worker,
        "phone",
        district_mediator,
        "通知调解时间",
    )


def test_a_masked_field_is_never_shown_to_get_or_without_a_reason(
    client, district_mediator, district_case
):
    worker = district_case.case.parties.get(role=Party.Role.APPLICANT)
    client.force_login(district_mediator)
    htmx = {"HX-Request": "true"}
    answers = [
        client.get(field_url(worker), headers=htmx),
        client.get(field_url(worker), {"reason": "看看"}, follow=True),
        client.post(field_url(worker), {"reason": " "}, headers=htmx),
        client.post(field_url(worker), {}),
        client.post(field_url(worker), {"reason": "\x00"}),
        client.post(field_url(worker), {"reason": "长" * 201}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert worker.phone not in answer.content.decode()
    assert not Reveal.objects.exists()


def test_masked_fields_stay_masked_for_leaders_strangers_and_unknown_names(
    client, leader, other_mediator, district_mediator, district_case
):
    worker = district_case.case.parties.get(role=Party.Role.APPLICANT)
    for user, status in ((leader, 403), (other_mediator, 404)):
        client.force_login(user)
        assert client.post(field_url(worker), {"reason": "看看"}).status_code == status
    client.force_login(district_mediator)
    for field in ("case", "pk", "password", "id_index"):
        assert client.post(field_url(worker, field), {"reason": "看看"}).status_code == 404
    assert not Reveal.objects.exists()


def add(client, user, proceeding, file):
    client.force_login(user)
    return client.post(reverse("case_materials", args=[proceeding.case_id]), {"files": file})


def test_materials_come_later_too(client, district_mediator, leader, district_case):
    add(client, district_mediator, district_case, SimpleUploadedFile("考勤.pdf", PDF))
    row = Evidence.objects.get()
    assert row.proceeding == district_case
    answer = client.get(reverse("material", args=[row.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert add(client, leader, district_case, SimpleUploadedFile("x.pdf", PDF)).status_code == 403


def test_a_file_of_another_kind_is_refused(client, district_mediator, district_case):
    add(client, district_mediator, district_case, SimpleUploadedFile("x.pdf", b"<html>"))
    client.post(reverse("case_materials", args=[district_case.case_id]), {})
    assert not Evidence.objects.exists()


def test_a_material_says_who_handed_it_in_what_for_and_how_long_it_is(
    client, district_mediator, district_case
):
    client.force_login(district_mediator)
    worker = district_case.case.parties.get(role="applicant")
    content = make_pdf(["工资条"])
    sent = client.post(
        reverse("case_materials", args=[district_case.case_id]),
        {
            "files": SimpleUploadedFile("工资条.pdf", content),
            "party": worker.pk,
            "purpose": "拖欠7月工资",
            "source": "公司发放",
            "is_original": "on",
        },
    )
    assert sent.status_code == 302
    row = Evidence.objects.get()
    assert (row.party, row.purpose, row.source) == (worker, "拖欠7月工资", "公司发放")
    assert (row.pages, row.is_original) == (1, True)
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    shown = " ".join(client.get(url_of(district_case)).content.decode().split())
    assert "申请人 证明：拖欠7月工资 来源：公司发放 1 页 已核对原件" in shown


def test_a_refused_file_loses_nothing_of_the_form(client, district_mediator, district_case):
    client.force_login(district_mediator)
    stranger = make_case(district_case.office).case.parties.get(role="applicant")
    url = reverse("case_materials", args=[district_case.case_id])
    bad = SimpleUploadedFile("工资条.pdf", b"MZ a program")

    answer = client.post(url, {"files": bad, "purpose": "拖欠7月工资"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "工资条.pdf：从内容看，这不是 PDF" in page
    assert 'aria-describedby="more-files-error"' in page
    assert 'value="拖欠7月工资"' in page
    good = SimpleUploadedFile("x.pdf", PDF)
    assert client.post(url, {"files": good, "party": stranger.pk}).status_code == 422
    assert not Evidence.objects.exists()


def test_materials_open_only_to_those_who_read_them(
    client, district_mediator, other_mediator, leader, arbitration_clerk, district_case
):
    row = add_evidence(
        district_case, file=SimpleUploadedFile("a.pdf", PDF), at=MONDAY, by=district_mediator
    )
    secret = add_evidence(
        district_case, file=SimpleUploadedFile("b.pdf", PDF), at=MONDAY, by=district_mediator
    )
    Evidence.objects.filter(pk=secret.pk).update(reach=Reach.OFFICE)
    door = reverse("material", args=[row.pk])
    assert read(client, leader, door).status_code == 403
    assert read(client, other_mediator, door).status_code == 404
    go_to_arbitration(district_case, at=MONDAY + timedelta(days=1))
    assert read(client, arbitration_clerk, door).status_code == 200
    assert read(client, arbitration_clerk, reverse("material", args=[secret.pk])).status_code == 403


def test_a_material_whose_file_is_lost_is_not_found(client, district_mediator, district_case):
    row = Evidence.objects.create(
        case=district_case.case,
        proceeding=district_case,
        name="a",
        file="gone",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        added_at=MONDAY,
    )
    assert read(client, district_mediator, reverse("material", args=[row.pk])).status_code == 404


def test_the_tiers_gone_through_stand_in_the_stepper(
    client, enterprise_case, district_mediator, register
):
    escalate(enterprise_case, outcome=Outcome.NOT_SETTLED, at=MONDAY + timedelta(days=8))
    answer = read(client, district_mediator, url_of(enterprise_case))
    steps = answer.context["file"].steps
    assert [(step["tier"], step["state"]) for step in steps] == [(1, "done"), (2, "now")]


@pytest.mark.parametrize(
    ("which", "who", "said"),
    [
        ("district_case", "district_mediator", "调解保密"),
        ("arbitration_case", "arbitration_clerk", "仲裁庭内部"),
    ],
)
def test_what_stays_in_the_office_says_whose_secret_it_is(request, client, which, who, said):
    proceeding, user = request.getfixturevalue(which), request.getfixturevalue(who)
    record(
        proceeding.case,
        "Deliberation of the panel",
        kind=TimelineEntry.Kind.NOTE,
        reach=Reach.OFFICE,
        proceeding=proceeding,
        at=MONDAY,
        by=user,
    )
    text = text_of(client, user, proceeding)
    secrets = {"调解保密", "仲裁庭内部"}
    assert {word for word in secrets if word in text} == {said}
