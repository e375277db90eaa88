"""The roster: what is taken in, what comes back, who speaks, who consents, who goes on alone."""

from datetime import timedelta
from time import perf_counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from disputes.domain.roster import entries, results, severing, speaking
from disputes.domain.roster.reading import RosterUnreadable
from disputes.models import (
    ClaimKind,
    Election,
    Member,
    MemberResult,
    Party,
    Representative,
    SettlementConsent,
)
from tests.disputes.rosters import TITLES, line, rostered, take_in, workbook
from tests.disputes.test_intake_page import PDF
from tests.factories import MONDAY, make_case

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
TODAY = MONDAY.date()


def paper(name="推举会议记录.pdf"):
    return SimpleUploadedFile(name, PDF)


def elect(proceeding, numbers, *, by, present=8, **facts):
    facts = {"held_on": TODAY, "minutes": paper(), **facts}
    return speaking.elect(
        proceeding, numbers=numbers, present_count=present, at=MONDAY, by=by, **facts
    )


def consent(proceeding, *, by, numbers=None, given=True):
    return speaking.record_consents(
        proceeding, numbers=numbers, given=given, on=TODAY, at=MONDAY, by=by
    )


def test_rows_become_workers_with_sealed_data(district_case, district_mediator):
    upload = take_in(district_case, [line(n) for n in range(12)], by=district_mediator)
    assert (upload.rows, upload.added, upload.rejected) == (12, 12, 0)
    first = district_case.case.roster.select_related("party").first()
    assert (first.number, first.post, first.amount) == (1, "抹灰工", 5000)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM disputes_party WHERE id = %s", [first.party_id])
        assert first.party.id_number not in cursor.fetchone()[0]
    district_case.case.refresh_from_db()
    # The applicant, who is not among them, is one more.
    assert (district_case.case.worker_count, district_case.case.collective) == (13, True)


def test_the_workers_of_a_roster_are_no_parties_at_the_table(district_case):
    rostered(district_case, 12)
    assert district_case.case.parties.count() == 2
    assert Party.everyone.filter(case=district_case.case).count() == 14


def test_the_applicant_on_the_roster_is_the_applicant(district_case):
    applicant = district_case.case.parties.get(role=Party.Role.APPLICANT)
    take_in(district_case, [line(1, 证件号=applicant.id_number, 姓名=applicant.name), line(2)])
    assert applicant.member.number
    assert district_case.case.roster.count() == 2
    assert Party.everyone.filter(case=district_case.case).count() == 3


def test_300_rows_take_less_than_five_seconds_and_no_more_queries(district_case, register):
    few = make_case(register.guta)
    with CaptureQueriesContext(connection) as asked:
        take_in(few, [line(n) for n in range(12)])
    file = workbook([line(1000 + n) for n in range(300)])
    began = perf_counter()
    with CaptureQueriesContext(connection) as asked_more:
        upload = entries.take_in(district_case, file=file, at=MONDAY)
    assert perf_counter() - began < 5
    assert upload.added == 300
    assert len(asked_more) == len(asked) <= 20


def test_wrong_rows_come_back_with_reasons_and_the_others_stay(district_case):
    wrong = [
        line(5, 证件号="210799199001010030"),
        line(6, 手机="12345"),
        line(7, 金额="很多"),
        line(8, 姓名=None),
        line(9, 截止日="2026-06-01"),
        line(1),
        line(10, 截止日="2027-01-01"),
    ]
    upload = take_in(district_case, [line(1), line(2), *wrong])
    assert (upload.added, upload.rejected) == (2, 7)
    columns = [finding["column"] for finding in upload.report["findings"]]
    assert columns == ["证件号", "手机", "金额", "姓名", "截止日", "证件号", "截止日"]
    assert [finding["line"] for finding in upload.report["findings"]] == list(range(4, 11))
    sheet = load_workbook(upload.rejects.open()).active
    assert sheet.max_row == 8
    assert "12345" in [cell.value for cell in sheet[3]]
    assert "手机" in sheet[3][-1].value


def test_the_corrected_rejects_are_taken_in_and_nobody_twice(district_case):
    upload = take_in(district_case, [line(1), line(2, 手机="12345")])
    book = load_workbook(upload.rejects.open())
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    rows[0][TITLES.index("手机")] = "15400000002"
    again = take_in(district_case, [*rows, [*line(1, 岗位="木工"), None]], titles=[*TITLES, "问题"])
    assert (again.added, again.changed, again.rejected) == (1, 1, 0)
    assert district_case.case.roster.count() == 2
    assert district_case.case.roster.get(number=1).post == "木工"
    upload.refresh_from_db()
    assert not upload.rejects


def test_a_total_is_checked_and_titles_above_are_skipped(district_case):
    rows = [["人员清单"], TITLES, line(1), line(2), ["合计", *[None] * 6, 99, None]]
    upload = take_in(district_case, rows, titles=["锦北样例工程"])
    assert upload.added == 2
    (finding,) = upload.report["findings"]
    assert "10,003.00" in finding["message"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a workbook",
        b"PK\x03\x04" + b"\x00" * 40,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(district_case, content):
    with pytest.raises(RosterUnreadable) as refused:
        entries.take_in(district_case, file=SimpleUploadedFile("x.xlsx", content), at=MONDAY)
    assert "xlsx" in str(refused.value)


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(district_case, monkeypatch):
    monkeypatch.setattr("disputes.domain.roster.reading.MOST_UNPACKED", 1000)
    with pytest.raises(RosterUnreadable):
        take_in(district_case, [line(1)])


def test_too_many_rows_are_refused_whole(district_case, monkeypatch):
    monkeypatch.setattr("disputes.domain.roster.reading.MOST_ROWS", 3)
    with pytest.raises(RosterUnreadable):
        take_in(district_case, [line(n) for n in range(4)])
    assert not Member.objects.exists()


@pytest.mark.parametrize("rows", [[], [["合计"]]])
def test_a_roster_without_rows_is_refused(district_case, rows):
    with pytest.raises(RosterUnreadable):
        take_in(district_case, rows)


def test_titles_that_are_missing_are_named(district_case):
    with pytest.raises(RosterUnreadable, match="证件号"):
        take_in(district_case, [["赵伟"]], titles=["姓名"])


def test_formulas_stay_text_when_they_come_back(district_case):
    upload = take_in(district_case, [line(1, 岗位="=1+1", 手机="x")])
    sheet = load_workbook(upload.rejects.open()).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_worker_who_left_stays_on_record(district_case, district_mediator):
    members = rostered(district_case, 12)
    entries.strike_off(members[0], reason="已另行领取", on=TODAY, at=MONDAY, by=district_mediator)
    assert entries.present(district_case.case).count() == 11
    district_case.case.refresh_from_db()
    # The applicant, who is not among them, is one more.
    assert (district_case.case.worker_count, district_case.case.collective) == (13, True)
    with pytest.raises(entries.LeftBefore):
        entries.strike_off(members[0], reason="再次", on=TODAY, at=MONDAY, by=district_mediator)
    again = take_in(district_case, [line(900)])
    assert (again.added, again.rejected) == (0, 1)
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        members[0].delete()


def test_three_to_five_are_elected_with_minutes(district_case, district_mediator):
    rostered(district_case, 12)
    election = elect(district_case, [1, 5, 12], by=district_mediator)
    assert [seat.member.number for seat in election.seats.order_by("member__number")] == [1, 5, 12]
    assert election.minutes in district_case.case.evidence.all()
    assert speaking.election_of(district_case.case) == election
    connection.check_constraints()


@pytest.mark.parametrize(
    ("numbers", "present", "refusal"),
    [
        ([1, 2], 8, speaking.NotThreeToFive),
        ([1, 2, 3, 4, 5, 6], 8, speaking.NotThreeToFive),
        ([1, 2, 99], 8, speaking.NobodyOfThisNumber),
        ([1, 2, 3], 2, speaking.TooFewPresent),
        ([1, 2, 3], 14, speaking.TooFewPresent),
    ],
)
def test_an_election_that_cannot_be_is_refused(
    district_case, district_mediator, numbers, present, refusal
):
    rostered(district_case, 12)
    with pytest.raises(refusal):
        elect(district_case, numbers, present=present, by=district_mediator)
    assert not Election.objects.exists()


def test_the_database_counts_the_elected(district_case, district_mediator):
    members = rostered(district_case, 12)
    election = elect(district_case, [1, 5, 12], by=district_mediator)
    seats = [Representative(election=election, member=member) for member in members[1:4]]
    with pytest.raises(IntegrityError), transaction.atomic():
        _seat_more(election, seats)


def _seat_more(election, seats):
    Representative.objects.bulk_create(seats)
    election.save()
    connection.check_constraints()


def test_answers_are_counted_and_replaced(district_case, district_mediator):
    rostered(district_case, 12)
    assert consent(district_case, by=district_mediator, numbers=[3], given=False) == 1
    assert consent(district_case, by=district_mediator) == 11
    assert speaking.consents_of(district_case) == {"given": 11, "refused": 1, "every": 12}
    consent(district_case, by=district_mediator, numbers=[3])
    assert speaking.consents_of(district_case)["given"] == 12
    assert SettlementConsent.objects.count() == 12


def test_results_are_kept_per_person_and_claim(register, district_mediator):
    claims = [{"kind": kind} for kind in (ClaimKind.WAGE_ARREARS, ClaimKind.OVERTIME)]
    case = make_case(register.guta, claims=claims)
    members = rostered(case, 12)
    results.note_settled(case, at=MONDAY)
    assert MemberResult.objects.count() == 24
    first = case.case.claims.first()
    told = {"at": MONDAY, "by": district_mediator}
    results.note_result(case, member=members[0], claim=first, result="not_settled", **told)
    assert MemberResult.objects.filter(result="settled").count() == 23
    with pytest.raises(results.AmountDoesNotFit):
        results.note_result(
            case, member=members[0], claim=first, result="rejected", amount=3, **told
        )
    other = make_case(register.guta).case.claims.first()
    with pytest.raises(results.NoSuchClaim):
        results.note_result(case, member=members[0], claim=other, result="settled", **told)


def test_one_who_does_not_settle_goes_on_alone(district_case, district_mediator, register):
    members = rostered(district_case, 12)
    own = severing.go_alone(
        members[6],
        proceeding=district_case,
        office=register.commission,
        reason="不同意打折",
        at=TUESDAY,
        by=district_mediator,
    )
    worker = own.case.parties.get(role=Party.Role.APPLICANT)
    assert (worker.name, worker.id_number) == (members[6].party.name, members[6].party.id_number)
    assert own.case.parties.get(role=Party.Role.RESPONDENT).name == "锦北样例建筑003有限公司"
    assert own.case.claims.get().amount == members[6].amount
    assert (own.office, own.case.worker_count) == (register.commission, 1)
    assert own.case.deadlines.filter(rule__rule_id="ARB_ACCEPT").exists()
    assert entries.present(district_case.case).count() == 11
    assert members[6].results.get().result == "not_settled"
    with pytest.raises(entries.LeftBefore):
        severing.go_alone(
            members[6], proceeding=district_case, office=register.guta, reason="x", at=TUESDAY,
            by=district_mediator,
        )  # fmt: skip


def test_the_applicant_is_not_severed_from_her_own_case(district_case, district_mediator, register):
    applicant = district_case.case.parties.get(role=Party.Role.APPLICANT)
    take_in(district_case, [line(1, 证件号=applicant.id_number, 姓名=applicant.name)])
    with pytest.raises(severing.StaysTheApplicant):
        severing.go_alone(
            applicant.member, proceeding=district_case, office=register.guta, reason="x",
            at=TUESDAY, by=district_mediator,
        )  # fmt: skip
