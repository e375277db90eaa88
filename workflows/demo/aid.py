"""Legal aid in the demo: a pool of lawyers, a roster, talks, applications, the fund."""

from datetime import time, timedelta
from decimal import Decimal
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from disputes.models import Cause, Proceeding, Tier
from legal_aid.domain import (
    applications,
    assignment,
    consultations,
    fund,
    pool,
    reading,
    representation,
    reviews,
    roster,
)
from legal_aid.domain.checklists import checklist_of
from legal_aid.domain.ranges import BASIS_OF
from legal_aid.models import Lawyer
from offices.duties import Role
from offices.models import Office
from workflows.demo import days
from workflows.demo.accounts import offices_of
from workflows.demo.materials import make_pdf
from workflows.demo.words import say

FIRM = "锦北样例律师事务所"
MATTERS = 6
STANDARDS = (
    ("subsidy", 1500), ("expert", 3000), ("notice", 800), ("travel", 200), ("advance", 3000),
)  # fmt: skip


def _scan(name):
    """Return an invented voucher as an uploaded PDF."""
    return SimpleUploadedFile(f"{name}.pdf", make_pdf([name, "演示材料　内容虚构"]))


@transaction.atomic
def make_aid(stage, *, today, seed):
    """Fill the legal-aid centre as of the beginning of the date *today*, once."""
    centre = offices_of(Office.Kind.AID_CENTRE).first()
    if centre is None or Lawyer.objects.filter(centre=centre).exists():
        return
    house = _House(stage, centre, today, Random(f"aid {seed}"))  # noqa: S311
    house.fill()


class _House:
    """The centre that is filled: its people, its day, its chance."""

    def __init__(self, stage, centre, today, rng):
        self.stage, self.centre, self.today, self.rng = stage, centre, today, rng
        self.administrator = stage.person(centre, Role.AID_ADMINISTRATOR)
        self.leader = stage.person(stage.federation, Role.LEADER)
        self.accountant = stage.person(stage.federation, Role.ACCOUNTANT)

    def fill(self):
        lawyers = self._make_pool()
        self._make_roster(lawyers)
        self._make_talks(lawyers)
        project = self._make_fund()
        for number, proceeding in enumerate(self._cases()):
            self._apply(proceeding, number, project)
        self._represent()

    def moment(self, ago, hour):
        """Return *hour* o'clock, *ago* days before today."""
        return days.moment(self.today - timedelta(days=ago), time(hour))

    def _make_pool(self):
        firm = pool.add_firm(
            self.centre,
            name=FIRM,
            licence_number="31210700DEMO00001X",
            phone="15400000900",
            clients=["锦北样例化工030有限公司"],
        )
        people = self.stage.people(self.centre, Role.LAWYER)
        causes = [Cause.WAGES, Cause.INJURY, Cause.OVERTIME, Cause.TERMINATION, Cause.INSURANCE]
        made = [
            pool.add_lawyer(
                self.centre,
                user=person,
                firm=firm if number else None,
                licence_number=f"1210720199900{number:04d}",
                licence_until=self.today.replace(month=12, day=31) + timedelta(days=365),
                specialities=self.rng.sample(causes, 2),
                areas=[],
                since=self.today - timedelta(days=200),
                until=None,
                most_open=12,
            )
            for number, person in enumerate(people)
        ]
        begin = self.today + timedelta(days=21)
        pool.take_leave(made[-1], since=begin, until=begin + timedelta(days=4), reason="年休假")
        return made

    def _make_roster(self, lawyers):
        monday = self.today - timedelta(days=self.today.weekday())
        places = [*self.stage.stations[:3], self.centre]
        for number in range(8):
            day = monday + timedelta(days=number % 5)
            begin = days.moment(day, time(9 if number < 5 else 14))
            roster.put_on_duty(
                self.centre,
                lawyer=lawyers[number % len(lawyers)],
                place=places[number % len(places)],
                starts_at=begin,
                ends_at=begin + timedelta(hours=2),
            )

    def _make_talks(self, lawyers):
        for number in range(4):
            lawyer = lawyers[number % len(lawyers)]
            begin = self.moment(6 - number, 15)
            row = consultations.book(
                self.centre,
                lawyer=lawyer,
                mode=("phone", "on_site", "online", "phone")[number],
                starts_at=begin,
                ends_at=begin + timedelta(minutes=30),
                name=("刘洋", "孙丽", "周磊", "吴芳")[number],
                phone=f"1540000{9100 + number}",
                employer="锦北样例餐饮025有限公司",
                cause=Cause.WAGES,
                question=say(self.rng, "aid_questions"),
                at=begin - timedelta(hours=3),
                by=self.administrator,
            )
            if number < 3:
                answer = say(self.rng, "aid_answers")
                consultations.write_down(
                    row, answer=answer, result="mediate", rating=5, at=begin, by=lawyer.user
                )

    def _make_fund(self):
        for kind, most in STANDARDS:
            fund.set_standard(
                self.centre, kind=kind, most=Decimal(most), since=self.today - timedelta(days=300)
            )
        return fund.open_project(
            self.centre,
            name="职工法律援助办案补贴",
            budget=Decimal(60000),
            basis="锦工发〔样例〕3号",
            voucher="拨-0001",
            at=self.moment(20, 9),
            by=self.accountant,
        )

    def _cases(self):
        rows = Proceeding.objects.filter(
            tier=Tier.REGIONAL,
            closed_at__isnull=True,
            opened_at__lt=self.moment(6, 0),
            case__sealed=False,
            case__collective=False,
            case__filing_token__isnull=False,
        )
        return rows.select_related("case").order_by("-pk")[:MATTERS]

    def _apply(self, proceeding, number, project):
        row = applications.receive(
            proceeding.case,
            centre=self.centre,
            help_kind="mediation",
            stage="mediation",
            facts=proceeding.case.facts,
            household=3,
            income=Decimal(4200),
            promised=True,
            at=self.moment(5, 9),
            by=self.administrator,
        )
        if number == 0:
            return
        self._look_twice(row)
        refused = number == 1
        row = applications.decide(
            row,
            decision="refused" if refused else "granted",
            reasons=say(self.rng, "aid_refusals") if refused else "",
            at=self.moment(4, 10),
            by=self.administrator,
        )
        if not refused and number > 2:
            self._engage(row, number, project)

    def _represent(self):
        """Give an injured worker a lawyer for the arbitration that followed on the mediation."""
        injured = Proceeding.objects.filter(
            tier=Tier.ARBITRATION,
            closed_at__isnull=True,
            ordinal__gt=1,
            opened_at__lt=self.moment(6, 0),
            case__cause=Cause.INJURY,
            case__filing_token__isnull=False,
        )
        proceeding = injured.select_related("case").order_by("-pk").first()
        if proceeding is None:
            return
        row = applications.receive(
            proceeding.case,
            centre=self.centre,
            help_kind="arbitration",
            stage="arbitration",
            facts=proceeding.case.facts,
            household=3,
            income=Decimal(3900),
            promised=True,
            at=self.moment(5, 10),
            by=self.administrator,
        )
        self._look_twice(row)
        row = applications.decide(
            row, decision="granted", reasons="", at=self.moment(4, 11), by=self.administrator
        )
        day = self.moment(3, 10).date()
        lawyer = next(
            (each.lawyer for each in assignment.candidates(row, on=day) if not each.blocked), None
        )
        if lawyer:
            offered = assignment.offer(
                row, lawyer=lawyer, at=self.moment(3, 11), by=self.administrator
            )
            assignment.accept(offered, at=self.moment(3, 15), by=lawyer.user)

    def _look_twice(self, row):
        opinion = say(self.rng, "aid_first_opinions")
        at = self.moment(5, 11)
        applications.give_opinion(row, opinion=opinion, at=at, by=self.administrator)
        applications.check_again(
            row, recheck=say(self.rng, "aid_rechecks"), at=self.moment(5, 15), by=self.leader
        )

    def _engage(self, application, number, project):
        day = (self.moment(3, 10)).date()
        found = assignment.candidates(application, on=day)
        chosen = next((each.lawyer for each in found if not each.blocked), None)
        if chosen is None:
            return
        offered = assignment.offer(
            application, lawyer=chosen, at=self.moment(3, 10), by=self.administrator
        )
        if number == 3:
            return
        row = assignment.accept(offered, at=self.moment(3, 14), by=chosen.user)
        representation.log_work(
            row,
            on=day,
            kind="reading",
            hours=Decimal("2.5"),
            text=say(self.rng, "aid_work"),
            at=self.moment(2, 9),
            by=chosen.user,
        )
        self._give_opinion(row)
        if number == 5:
            self._close(row, project)
            self._advance(row, project)

    def _give_opinion(self, engagement):
        """Let the lawyer read a paper, note something on it and hand her opinion in."""
        review = engagement.reviews.filter(submitted_at=None, cancelled_at=None).first()
        if review is None:
            return
        case, at, by = review.proceeding.case, self.moment(2, 10), engagement.lawyer.user
        paper = case.evidence.first()
        if paper is not None:
            reading.note_reading(review, paper, page=1, pages=1, at=at)
            reading.annotate(review, paper, page=1, text=say(self.rng, "aid_notes"), at=at)
        reviews.submit_review(
            review.proceeding,
            facts=case.facts,
            opinion=say(self.rng, "aid_opinions"),
            recommendation="mediate",
            risk="low",
            findings=[{"item": item, "answer": "yes"} for item, _words in checklist_of(case.cause)],
            claims=[
                {
                    "claim": claim,
                    "basis": BASIS_OF.get(claim.kind, "《劳动争议调解仲裁法》第二条"),
                    "strength": "strong",
                    "least": claim.amount,
                    "most": claim.amount,
                    "limitation": "within",
                }
                for claim in case.claims.filter(dropped_on=None)
            ],
            at=at,
            by=by,
        )

    def _advance(self, engagement, project):
        """Advance an expert's fee, of which some came back, and leave a bill to be approved."""
        told = {"engagement": engagement, "payee_name": "锦北样例鉴定所"}
        at, by = self.moment(2, 17), self.administrator
        row = fund.ask(project, kind="advance", amount=Decimal(1200), at=at, by=by, **told)
        row = fund.decide(row, approved=True, words="", at=self.moment(1, 9), by=self.leader)
        row = fund.pay(
            row, voucher="付-0002", paid_on=self.today - timedelta(days=1),
            scan=_scan("鉴定费发票"), at=self.moment(1, 15), by=self.accountant,
        )  # fmt: skip
        fund.give_back(
            row, amount=Decimal(500), on=self.today - timedelta(days=1), voucher="收-0001",
            scan=_scan("收款回单"), at=self.moment(1, 16), by=self.accountant,
        )  # fmt: skip
        travel = {"engagement": engagement, "payee": engagement.lawyer.user}
        fund.ask(project, kind="travel", amount=Decimal(86), at=at, by=by, **travel)

    def _close(self, engagement, project):
        lawyer = engagement.lawyer.user
        closing = representation.close(
            engagement,
            outcome="advised",
            recovered=Decimal(0),
            report=say(self.rng, "aid_reports"),
            at=self.moment(2, 15),
            by=lawyer,
        )
        at, by = self.moment(2, 16), self.administrator
        representation.rate(closing, rating=5, words="", at=at, by=by)
        representation.check_quality(closing, quality=93, words="", at=at, by=by)
        payment = fund.ask(
            project,
            kind="subsidy",
            amount=Decimal(800),
            engagement=engagement,
            payee=lawyer,
            at=at,
            by=by,
        )
        fund.decide(payment, approved=True, words="", at=self.moment(1, 9), by=self.leader)
        fund.pay(
            payment,
            voucher="付-0001",
            scan=_scan("补贴银行回单"),
            paid_on=self.today - timedelta(days=1),
            at=self.moment(1, 15),
            by=self.accountant,
        )
