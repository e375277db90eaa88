"""Legal aid from the application five days before the limit to a ledger that balances."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from disputes.domain.evidence import add_evidence
from disputes.models import Case
from legal_aid.domain import fund, pool
from legal_aid.models import Application, Engagement, Line, Payment, Review
from offices.duties import Role
from papers.domain import converting
from tests.factories import make_lawyer, make_user
from tests.journeys import acts
from tests.legal_aid.papers import make_pdf

SECRET = "底线一万三千元"


def take_up(desk, user, path):
    desk.sign_in(user, path=path)


def test_aid_before_its_decision_an_opinion_a_settlement_and_a_subsidy(
    desk,
    clock,
    register,
    district_mediator,
    regional_head,
    aid_administrator,
    lawyer,
    leader,
    accountant,
    monkeypatch,
):
    # Papers are issued here; their PDF has a test of its own.
    monkeypatch.setattr(converting, "PROGRAMS", ())
    # A pool of two: the first one's firm advises the employer.
    firm = pool.add_firm(
        register.aid_centre, name="锦北样例律师事务所", licence_number="31", clients=[acts.EMPLOYER]
    )
    make_lawyer(lawyer, specialities=["wages"])
    other = make_user("lvshi2", "魏然", office=register.aid_centre, role=Role.LAWYER)
    make_lawyer(other)
    bound = make_user("lvshi3", "唐宁", office=register.aid_centre, role=Role.LAWYER)
    make_lawyer(bound, firm=firm)
    fund.set_standard(
        register.aid_centre, kind="subsidy", most=Decimal(1500), since=timezone.localdate()
    )
    fund.open_project(
        register.aid_centre, name="维权援助", budget=Decimal(20000), basis="锦工发〔2026〕1号",
        voucher="拨-1", at=timezone.now(), by=accountant,
    )  # fmt: skip

    # The dispute is nearly a year old: five days are left.
    clock.shift(timedelta(days=2))
    near = timezone.localdate() + timedelta(days=5) - timedelta(days=365)
    desk.sign_in(district_mediator)
    path = acts.file_case(desk, occurred_on=near.isoformat())
    case = Case.objects.get()
    desk.open(f"{path}aid/")
    desk.follow("申请法律援助")
    desk.write(household=3, income="3000", promised=True)
    desk.send()
    application = Application.objects.get()
    acts.examine(desk)
    acts.consult(desk)
    desk.sign_in(regional_head)
    acts.accept(desk)
    acts.appoint(desk, district_mediator)
    proceeding = case.proceedings.get()
    add_evidence(
        proceeding, file=make_pdf(20, "工资流水.pdf"), at=timezone.now(), by=district_mediator
    )

    page = f"/aid/applications/{application.pk}/"
    take_up(desk, aid_administrator, page)
    desk.reads("距期限届满不足七日")
    desk.follow("先行提供援助")
    desk.send()
    desk.reads("已先行提供援助")
    desk.follow("指派律师")
    desk.reads("唐宁（锦北样例律师事务所）", "不可指派")
    desk.write(lawyer=str(bound.lawyer.pk))
    desk.send()
    desk.reads("法律顾问")
    desk.shoot("aid1_conflict_of_the_firm")
    desk.write(lawyer=str(lawyer.lawyer.pk))
    desk.send()

    # The one asked finds a conflict herself, another takes the matter.
    first = Engagement.objects.get()
    take_up(desk, lawyer, f"/aid/matters/{first.pk}/")
    desk.reads("韩玉兰", acts.EMPLOYER)
    assert "催要未果" not in desk.page.content()
    desk.follow("申报利益冲突")
    desk.write(conflict="曾为该公司代书")
    desk.send()
    assert desk.open(f"/aid/matters/{first.pk}/").status == 404
    take_up(desk, aid_administrator, f"{page}assign/")
    desk.write(lawyer=str(other.lawyer.pk))
    desk.send()
    take_up(desk, other, f"/aid/matters/{Engagement.objects.latest('pk').pk}/accept/")
    desk.write(no_conflict=True)
    desk.send()

    # Twenty pages, a note, an opinion, all on one page.
    review = Review.objects.get()
    desk.open(f"/reviews/{review.pk}/")
    desk.shoot("aid2_review")
    for number in range(2, 21):
        with desk.page.expect_navigation():
            desk.page.keyboard.press("n")
        desk.reads(f"第 {number} 页，共 20 页")
    desk.page.locator("[data-page] img").click(position={"x": 60, "y": 90})
    assert desk.page.locator("[data-place-field]").input_value()
    desk.page.locator("[data-note-field]").fill("第 20 页：七月无入账。")
    desk.press("添加批注")
    desk.reads("七月无入账", "0 份未读")
    claim = case.claims.get().pk
    checks = ("parties", "limitation", "relationship", "amount", "jurisdiction", "pay_record")
    for code in checks:
        desk.write(**{f"check_{code}": "yes"})
    desk.write(
        **{
            f"strength_{claim}": "strong",
            f"least_{claim}": "14000",
            f"most_{claim}": "14600",
            f"limitation_{claim}": "near",
            "opinion": "工资 14,600.00 元证据充分，建议一次付清。",
            "recommendation": "mediate",
            "risk": "low",
            "bottom_line": SECRET,
        }
    )
    desk.press("提交意见")
    desk.reads("意见已提交")

    take_up(desk, district_mediator, f"{path}aid/")
    desk.follow("查看意见")
    desk.reads("证据充分", "14,000.00", "第 20 页")
    assert SECRET not in desk.page.content()
    desk.shoot("aid3_opinion")
    clock.shift(timedelta(days=1))
    desk.sign_in(district_mediator)
    acts.settle(desk, until=timezone.localtime())
    today = timezone.localdate()
    acts.sign(desk, on=today, performed_by=today + timedelta(days=10))

    # Work log, closing report, decision, subsidy.
    matter = Engagement.objects.latest("pk")
    take_up(desk, other, f"/aid/matters/{matter.pk}/log/")
    desk.write(hours="3.5", kind="mediation", text="阅卷并参加调解")
    desk.send()
    desk.follow("提交结案报告")
    desk.write(outcome="settled", recovered="14600", report="双方达成协议，一次付清。")
    desk.send()
    take_up(desk, aid_administrator, f"{page}decide/")
    desk.write(decision="granted")
    desk.send()
    desk.press("法律援助结案报告")
    desk.reads("文书已签发", "结案〔2026〕第1号")
    desk.follow("申请办案补贴")
    desk.write(amount="1200")
    desk.send()
    payment = Payment.objects.get()
    take_up(desk, leader, f"/aid/fund/payments/{payment.pk}/decide/")
    desk.write(approved="yes")
    desk.send()
    take_up(desk, accountant, f"/aid/fund/payments/{payment.pk}/pay/")
    slip = {"name": "回单.pdf", "mimeType": "application/pdf", "buffer": make_pdf(1).read()}
    desk.write(voucher="付-2026-001", scan=slip)
    desk.send()
    desk.reads("回单.pdf", "SHA-256")
    desk.open("/aid/fund/")
    desk.reads("借贷平衡", "18,800.00", "办案补贴支出")
    desk.shoot("aid4_fund")
    sides = [(line.debit, line.credit) for line in Line.objects.all()]
    assert sum(debit for debit, _c in sides) == sum(credit for _d, credit in sides)
