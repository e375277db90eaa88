"""Print how long it takes to find a page of 50 among the cases that a person may see, and how.

python bench/permissions.py [CASES] [--plans]

Makes a database of its own beside that of DATABASE_URL, fills it with cases at 300 offices and a
commission, and asks for the first page of people of different duties. Drops the database.
"""

import os
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.test_settings"

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from disputes.models import Case, CaseGrant, Wall  # noqa: E402
from disputes.newest import newest_cases  # noqa: E402
from disputes.permissions import readable_cases, visible_cases  # noqa: E402
from offices.domain.staffing import post  # noqa: E402
from offices.domain.standing import keep_standing  # noqa: E402
from offices.duties import Role  # noqa: E402
from offices.models import Office  # noqa: E402
from tests.factories import MONDAY, make_office, make_register, make_user  # noqa: E402

PAGE, TIMES, LIMIT = 50, 40, 20  # rows, runs, milliseconds
DISTRICTS, ENTERPRISES = 10, 28  # enterprises in each district
LARGE = ("disputes_case", "disputes_proceeding", "disputes_casegrant")

# Seven cases in ten have ended, wherever they were.
ENDED = """
    CREATE FUNCTION ended(n integer) RETURNS boolean IMMUTABLE LANGUAGE sql
    RETURN hashint4(n) % 10 BETWEEN -9 AND 3
"""
# Every enterprise its share; one case in five goes on to the district, one in twenty farther.
# One in twenty waits for a handler, half of the others belong to each of the office's two.
CASES = """
    INSERT INTO disputes_case (
        id, matter_number, federation_id, source, cause, grade, level, sealed, facts,
        worker_count, collective, received_on, filed_at, goes_on_by_itself, ended_at, remarks
    )
    SELECT n, 'bench-' || n, %(federation)s, 'ledger', 'wages', 'ordinary',
        CASE WHEN n %% 500 = 0 THEN 3 ELSE 2 END, n %% 1000 = 0, '', 1, false,
        %(day)s, %(at)s, false, CASE WHEN ended(n) THEN %(at)s END, ''
    FROM generate_series(1, %(cases)s) AS n
"""
PROCEEDINGS = """
    INSERT INTO disputes_proceeding (
        case_id, office_id, desk_id, tier, ordinal, number, number_key, handler_id, handler_name,
        opened_at, closed_at, outcome
    )
    SELECT n, office, office, tier, ordinal, 'bench ' || n || '-' || ordinal, 'b' || n, handler,
        '', %(at)s, CASE WHEN closed THEN %(at)s END, CASE WHEN closed THEN 'expired' ELSE '' END
    FROM generate_series(1, %(cases)s) AS n
    CROSS JOIN LATERAL (
        SELECT (%(offices)s::bigint[])[1 + n %% cardinality(%(offices)s::bigint[])] AS first
    ) AS at_first
    CROSS JOIN LATERAL (
        VALUES
            (1, 1, first, n %% 5 = 0 OR ended(n), true),
            (2, 2, (%(districts)s::bigint[])[1 + (n / 5) %% %(number)s],
                n %% 20 = 0 OR ended(n), n %% 5 = 0),
            (3, 3, %(commission)s, ended(n), n %% 20 = 0)
    ) AS went (ordinal, tier, office, closed, there)
    LEFT JOIN LATERAL (
        SELECT posting.user_id AS handler
        FROM offices_posting AS posting
        WHERE posting.office_id = office AND posting.role IN ('mediator', 'arbitrator')
          AND n %% 20 <> 3
        ORDER BY (posting.user_id + n) %% 7, posting.user_id
        LIMIT 1
    ) AS held ON true
    WHERE there
"""


def make_house():
    """Make 300 offices below a federation and a commission; return them by what they are."""
    house = make_register()
    house.districts, house.enterprises = [], []
    for d in range(DISTRICTS):
        district = make_office(
            f"第{d}区调解中心", f"区{d}调", "regional", "county_centre", parent=house.federation
        )
        house.districts.append(district)
        house.enterprises += [
            make_office(
                f"企业{d}-{e}调解委员会", f"企{d}-{e}", "enterprise", "enterprise_committee",
                parent=district,
            )
            for e in range(ENTERPRISES)
        ]  # fmt: skip
    return house


def staff(house):
    """Give every office two who handle its cases."""
    for office in [*house.districts, *house.enterprises]:
        for n in "ab":
            make_user(f"m{office.pk}{n}", "调解员", office=office, role=Role.MEDIATOR)
    for n in range(20):
        make_user(f"z{n}", "仲裁员", office=house.commission, role=Role.ARBITRATOR)


def fill(house, cases):
    """Fill the database with so many *cases*, without their courses."""
    facts = {
        "cases": cases,
        "federation": house.federation.pk,
        "commission": house.commission.pk,
        "offices": [office.pk for office in house.enterprises],
        "districts": [office.pk for office in house.districts],
        "number": DISTRICTS,
        "day": MONDAY.date(),
        "at": MONDAY,
    }
    with connection.cursor() as cursor:
        for table in ("disputes_case", "disputes_proceeding"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(ENDED)
        cursor.execute(CASES, facts)
        cursor.execute(PROCEEDINGS, facts)
        cursor.execute("VACUUM ANALYZE")


def people(house, number):
    """Return {who: the person} for everybody who asks."""
    since = date(2020, 1, 1)
    mediator = make_user("mediator3", "三处", office=house.enterprises[0], role=Role.MEDIATOR)
    for office in (house.enterprises[100], house.districts[4]):
        post(mediator, office=office, role=Role.MEDIATOR, since=since)
    found = {
        "mediator at 3 offices": mediator,
        "leader over 300": make_user("l", "领导", office=house.federation, role=Role.LEADER),
        "lawyer of 50": make_user("v", "律师", office=house.aid_centre, role=Role.LAWYER),
        "head of a district": make_user("h", "主任", office=house.districts[3], role=Role.HEAD),
        "head of an enterprise": make_user(
            "e", "主任", office=house.enterprises[7], role=Role.HEAD
        ),
        "arbitrator": house.commission.postings.filter(role=Role.ARBITRATOR).first().user,
        "clerk of the commission": make_user(
            "c", "立案员", office=house.commission, role=Role.ARBITRATION_CLERK
        ),
        "liaison officer of 20": make_user(
            "f", "法院", office=house.court, role=Role.COURT_LIAISON
        ),
        "reporter of nothing": make_user(
            "r", "站点", office=house.station, role="station_reporter"
        ),
    }
    others = [
        make_user(f"v{n}", "律师", office=house.aid_centre, role=Role.LAWYER) for n in range(9)
    ]
    for n, other in enumerate(others):
        grant(other, CaseGrant.Kind.LAWYER, range(1 + n, number, 200))
    grant(found["lawyer of 50"], CaseGrant.Kind.LAWYER, range(7, number, number // 50))
    grant(found["liaison officer of 20"], CaseGrant.Kind.MEETING, range(9, number, number // 20))
    for person in (mediator, found["leader over 300"]):
        Wall.objects.create(case_id=number - 1, user=person, reason="回避", at=MONDAY)
    return found


def grant(person, kind, cases):
    """Let *person* read the cases with these keys."""
    until = timezone.localdate() + timedelta(days=30)
    CaseGrant.objects.bulk_create(
        CaseGrant(
            case_id=pk, user=person, kind=kind, reason="bench", granted_at=MONDAY, until=until
        )
        for pk in cases
    )


def questions(person):
    """Return {what is asked: a function that asks it}."""
    today = timezone.localdate()

    def page(cases):
        return list(cases.order_by("-pk")[:PAGE])

    return {
        "visible": lambda: page(visible_cases(person, on=today)),
        "visible, open": lambda: page(visible_cases(person, on=today).filter(ended_at=None)),
        "read": lambda: page(readable_cases(person, on=today)),
        "list": lambda: page(newest_cases(person, number=PAGE, state="open")),
    }


def measure(ask):
    """Return (rows, shortest, median and longest of TIMES runs in milliseconds).

    On a machine that others use, too, the shortest says what the work itself takes.
    """
    rows, taken = len(ask()), []
    for _run in range(TIMES):
        begun = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - begun))
    return rows, min(taken), statistics.median(taken), max(taken)


def plan_of(cases):
    """Return the plan of the first page of *cases*, as text."""
    return cases.order_by("-pk")[:PAGE].explain(analyze=True)


def tell_plan(words, plan, *, in_full):
    """Print whether *plan* reads a large table whole, and how long the database took."""
    whole = [table for table in LARGE if f"Seq Scan on {table} " in plan]
    taken = plan.rpartition("Execution Time: ")[2]
    print(f"{words}{taken:>10}   {'reads ' + ', '.join(whole) if whole else 'by indexes only'}")
    if in_full:
        print(plan, "\n")


def main(number, show_plans):
    load = os.getloadavg()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        house = make_house()
        staff(house)
        fill(house, number)
        found = people(house, number)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{Case.objects.count():,} cases, {Office.objects.count()} offices")
        print(f"load before {load[0]:.1f}, now {os.getloadavg()[0]:.1f}, cores {os.cpu_count()}\n")
        heads = "".join(f"{word:>12}" for word in ("shortest", "median", "longest"))
        print(f"{'':26}{'':16}{'rows':>5}{heads}   shortest over {LIMIT} ms")
        for who, person in found.items():
            keep_standing(person, on=timezone.localdate())
            for what, ask in questions(person).items():
                rows, *taken = measure(ask)
                slow = "!" if taken[0] > LIMIT else ""
                said = "".join(f"{each:>9.1f} ms" for each in taken)
                print(f"{who:26}{what:16}{rows:>5}{said}   {slow}")
        print()
        for who, person in found.items():
            for what, cases in (
                ("visible", visible_cases(person)),
                ("visible, open", visible_cases(person).filter(ended_at=None)),
            ):
                tell_plan(f"{who:26}{what:16}", plan_of(cases), in_full=show_plans)
    finally:
        teardown_databases(old, verbosity=0)


numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
main(numbers[0] if numbers else 100_000, "--plans" in sys.argv)
