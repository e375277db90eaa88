import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disputes import signals
from disputes.domain.ledger.importing import import_ledger
from disputes.domain.ledger.reading import LedgerUnreadable
from disputes.models import (
    Case,
    Cause,
    ClaimKind,
    Deadline,
    DefenceLine,
    Outcome,
    Party,
    Proceeding,
    Source,
    Tier,
)
from offices.domain.register import import_register
from tests.disputes.ledger.workbooks import EXPECTED, OFFICES, SAMPLE, make_row
from tests.factories import MONDAY, make_case, make_identity_number

pytestmark = pytest.mark.django_db


def places(findings):
    return [(finding["line"], finding["column"]) for finding in findings]


def workers(count):
    return [make_row(证件号=make_identity_number(n), 申请人="韩玉兰") for n in range(count)]


@pytest.fixture
def jinzhou(db):
    """The register of a whole city."""
    return import_register(OFFICES)


@pytest.fixture
def expected():
    return json.loads(EXPECTED.read_text())


class TestSample:
    def test_the_sample_gives_exactly_what_is_expected_of_it(self, jinzhou, expected):
        report = import_ledger(SAMPLE, at=MONDAY).as_json()
        for count in ("rows", "imported", "rejected"):
            assert report[count] == expected[count]
        assert places(report["errors"]) == places(expected["errors"])
        assert places(report["warnings"]) == places(expected["warnings"])
        assert all(f["message"] for f in report["errors"] + report["warnings"])
        assert Case.objects.count() == Proceeding.objects.count() == 551

    def test_a_second_run_adds_nothing_and_says_the_same(self, jinzhou, expected):
        first = import_ledger(SAMPLE, at=MONDAY).as_json()
        numbers = set(Case.objects.values_list("matter_number", flat=True))
        second = import_ledger(SAMPLE, at=MONDAY, batch=97).as_json()
        assert (second["imported"], second["unchanged"], second["rejected"]) == (0, 551, 49)
        assert places(second["errors"]) == places(first["errors"])
        assert places(second["warnings"]) == places(first["warnings"])
        assert set(Case.objects.values_list("matter_number", flat=True)) == numbers

    def test_the_size_of_the_batches_changes_nothing(self, jinzhou, expected):
        report = import_ledger(SAMPLE, at=MONDAY, batch=7).as_json()
        assert report["imported"] == 551
        assert places(report["warnings"]) == places(expected["warnings"])

    def test_numbers_are_gapless_per_office_and_year(self, jinzhou):
        import_ledger(SAMPLE, at=MONDAY)
        serials = {}
        for number in Proceeding.objects.values_list("number", flat=True):
            series, serial = number.rsplit("第", 1)
            serials.setdefault(series, []).append(int(serial.removesuffix("号")))
        for given in serials.values():
            assert sorted(given) == list(range(1, len(given) + 1))


class TestOneRow:
    def test_a_closed_row_becomes_a_case_that_has_ended(self, register, ledger):
        report = import_ledger(ledger([make_row()]), at=MONDAY)
        assert (report.rows, report.imported, report.rejected) == (1, 1, 0)
        case = Case.objects.get()
        assert case.matter_number == "2025-锦-000001"
        assert case.source == Source.SELF
        assert case.cause == Cause.WAGES
        assert case.received_on == date(2025, 8, 29)
        assert timezone.localdate(case.filed_at) == date(2025, 8, 29)
        assert timezone.localdate(case.ended_at) == date(2025, 9, 8)
        assert case.defence_line == DefenceLine.REGIONAL
        assert case.reporting_office == register.station
        assert case.federation == register.federation
        assert "确认方式：司法确认" in case.remarks

    def test_its_proceeding_has_number_dates_and_outcome(self, register, ledger, district_mediator):
        import_ledger(ledger([make_row()]), at=MONDAY)
        proceeding = Proceeding.objects.get()
        assert proceeding.number == "古塔调〔2025〕第1号"
        assert (proceeding.office, proceeding.tier) == (register.guta, Tier.REGIONAL)
        assert proceeding.accepted_on == date(2025, 8, 31)
        assert proceeding.outcome == Outcome.SETTLED
        assert proceeding.settled_amount == Decimal("9000")
        assert proceeding.handler_name == "张敏"
        assert proceeding.handler == district_mediator

    def test_its_parties_and_claim_are_found_again(self, register, ledger):
        import_ledger(ledger([make_row(请求项数=3)]), at=MONDAY)
        case = Case.objects.get()
        worker = case.parties.get(role=Party.Role.APPLICANT)
        employer = case.parties.get(role=Party.Role.RESPONDENT)
        assert (worker.name, worker.id_number) == ("韩玉兰", "210799199001010017")
        assert worker.id_index
        assert worker.is_migrant
        assert (employer.kind, employer.credit_code) == ("employer", "91210799MAD003390A")
        claim = case.claims.get()
        assert (claim.kind, claim.amount) == (ClaimKind.WAGE_ARREARS, Decimal("12000"))
        assert "3" in claim.detail

    def test_every_cause_becomes_a_claim_the_sum_stands_at_the_main_one(self, register, ledger):
        import_ledger(ledger([make_row(案由="加班费、休息休假")]), at=MONDAY)
        kinds = list(Case.objects.get().claims.values_list("kind", "amount"))
        assert kinds == [("overtime", Decimal("12000")), ("other", None)]

    def test_its_timeline_tells_the_course(self, register, ledger, clerk):
        import_ledger(ledger([make_row()]), at=MONDAY, by=clerk)
        entries = Case.objects.get().timeline.order_by("pk")
        days = [timezone.localdate(entry.at).isoformat() for entry in entries]
        assert days == ["2025-08-29", "2025-08-31", "2025-09-08"]
        assert {entry.actor for entry in entries} == {clerk}

    def test_a_number_begins_again_with_the_year_and_goes_on_after_filed_cases(
        self, register, ledger
    ):
        make_case(register.guta)
        rows = [
            make_row(登记日=datetime(2026, 1, 5), 受理日=None, 结案日=datetime(2026, 1, 9)),
            make_row(申请人="马国", 证件号=make_identity_number(3)),
        ]
        import_ledger(ledger(rows), at=MONDAY)
        assert set(Proceeding.objects.values_list("number", flat=True)) == {
            "古塔调〔2026〕第1号",
            "古塔调〔2026〕第2号",
            "古塔调〔2025〕第1号",
        }

    def test_an_open_row_stays_open_with_deadlines_that_do_not_alarm(self, register, ledger):
        row = make_row(结案日=None, 结案方式=None, 协议金额=None)
        import_ledger(ledger([row]), at=MONDAY)
        proceeding = Proceeding.objects.get()
        assert (proceeding.closed_at, proceeding.outcome) == (None, "")
        assert Case.objects.get().ended_at is None
        assert not Deadline.objects.filter(armed=True).exists()

    def test_an_outcome_that_settles_nothing_has_no_line_of_defence(self, register, ledger):
        import_ledger(ledger([make_row(结案方式="撤回", 协议金额=None)]), at=MONDAY)
        assert Case.objects.get().defence_line is None

    def test_two_people_of_one_name_are_not_told_apart_by_it(self, register, ledger):
        from offices.duties import Role
        from tests.factories import make_user

        for username in ("a", "b"):
            make_user(username, "张敏", office=register.guta, role=Role.MEDIATOR)
        import_ledger(ledger([make_row()]), at=MONDAY)
        proceeding = Proceeding.objects.get()
        assert (proceeding.handler, proceeding.handler_name) == (None, "张敏")


class TestAgain:
    def test_a_row_imported_with_other_details_is_the_same_row(self, register, ledger):
        import_ledger(ledger([make_row()]), at=MONDAY)
        report = import_ledger(ledger([make_row(涉案金额=1, 手机=None)]), at=MONDAY)
        assert (report.imported, report.unchanged) == (0, 1)
        assert report.warnings == []

    def test_the_same_row_twice_in_one_file_is_imported_once(self, register, ledger):
        for run in (1, 2):
            report = import_ledger(ledger([make_row(), make_row()]), at=MONDAY)
            assert report.imported + report.unchanged == 2
            assert Case.objects.count() == 1
            assert places([f.as_json() for f in report.warnings]) == [(5, "疑似重复")], run

    def test_the_later_of_two_rows_within_thirty_days_is_warned_of(self, register, ledger):
        row = make_row(受理日=None, 结案日=datetime(2025, 12, 8))
        days = [datetime(2025, 8, 29), datetime(2025, 9, 28), datetime(2025, 11, 1)]
        rows = [{**row, "登记日": day} for day in days]
        for _run in (1, 2):
            report = import_ledger(ledger(rows), at=MONDAY)
            assert places([f.as_json() for f in report.warnings]) == [(5, "疑似重复")]
        assert Case.objects.count() == 3

    def test_the_later_row_counts_not_the_later_day(self, register, ledger):
        row = make_row(受理日=None)
        rows = [{**row, "登记日": datetime(2025, 9, 1)}, {**row, "登记日": datetime(2025, 8, 10)}]
        for _run in (1, 2):
            report = import_ledger(ledger(rows), at=MONDAY, batch=1)
            assert places([f.as_json() for f in report.warnings]) == [(5, "疑似重复")]

    def test_a_case_filed_here_is_seen_too(self, register, ledger):
        filed = make_case(register.guta).case
        worker = filed.parties.get(role=Party.Role.APPLICANT)
        employer = filed.parties.get(role=Party.Role.RESPONDENT)
        near = datetime.combine(filed.received_on, datetime.min.time())
        row = make_row(
            证件号=worker.id_number, 用人单位=employer.name, 登记日=near, 受理日=None, 发生日=None,
            结案日=near, 性别=None,
        )  # fmt: skip
        report = import_ledger(ledger([row]), at=MONDAY)
        assert [f.column for f in report.warnings] == ["疑似重复"]
        assert filed.matter_number in report.warnings[0].message

    @pytest.mark.parametrize(
        "other",
        [
            {"案由": "加班费"},
            {"用人单位": "锦北样例食品006有限公司"},
            {"证件号": "21079919900101005X"},
        ],
    )
    def test_another_cause_employer_or_person_is_no_duplicate(self, register, ledger, other):
        rows = [make_row(), make_row(登记日=datetime(2025, 8, 30), **other)]
        assert import_ledger(ledger(rows), at=MONDAY).warnings == []

    def test_rejected_rows_can_be_corrected_and_imported_later(self, register, ledger):
        rows = [make_row(), make_row(案由="看卷", 证件号="21079919900101005X")]
        assert import_ledger(ledger(rows), at=MONDAY).rejected == 1
        rows[1]["案由"] = "加班费"
        report = import_ledger(ledger(rows), at=MONDAY)
        assert (report.imported, report.unchanged, report.rejected) == (1, 1, 0)


class TestBatches:
    def test_an_interruption_leaves_whole_rows_and_a_second_run_goes_on(self, register, ledger):
        path = ledger(workers(10))

        def stop(report):
            if report.rows == 6:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            import_ledger(path, at=MONDAY, batch=3, progress=stop)
        assert Case.objects.count() == Proceeding.objects.count() == 6
        assert Party.objects.count() == 12
        report = import_ledger(path, at=MONDAY, batch=3)
        assert (report.imported, report.unchanged) == (4, 6)

    def test_a_batch_that_fails_leaves_nothing_of_itself(self, register, ledger):
        def fail(sender, **kwargs):
            raise RuntimeError

        signals.cases_imported.connect(fail)
        try:
            with pytest.raises(RuntimeError):
                import_ledger(ledger(workers(3)), at=MONDAY)
        finally:
            signals.cases_imported.disconnect(fail)
        assert not Case.objects.exists()
        import_ledger(ledger(workers(3)), at=MONDAY)
        assert Proceeding.objects.filter(number="古塔调〔2025〕第1号").exists()

    def test_the_queries_do_not_grow_with_the_rows(self, register, ledger):
        counts = []
        for size in (3, 50):
            rows = [
                make_row(
                    申请人="李燕", 证件号=make_identity_number(n, born=f"19{80 + size % 7}0101")
                )
                for n in range(size)
            ]
            path = ledger(rows, name=f"{size}.xlsx")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                import_ledger(path, at=MONDAY)
            counts.append(len(queries))
        assert Case.objects.count() == 53
        assert counts[0] == counts[1]

    def test_progress_is_told_after_each_batch(self, register, ledger):
        seen = []
        import_ledger(
            ledger(workers(5)), at=MONDAY, batch=2, progress=lambda report: seen.append(report.rows)
        )
        assert seen == [2, 4, 5]

    def test_news_of_a_batch_is_one_signal(self, register, ledger):
        heard = []

        def hear(sender, *, proceedings, at, by, **kwargs):
            heard.append(len(proceedings))

        signals.cases_imported.connect(hear)
        try:
            import_ledger(ledger(workers(5)), at=MONDAY, batch=4)
        finally:
            signals.cases_imported.disconnect(hear)
        assert heard == [4, 1]


def test_a_file_that_is_no_ledger_changes_nothing(register, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing")
    with pytest.raises(LedgerUnreadable):
        import_ledger(path, at=MONDAY)
    assert not Case.objects.exists()
