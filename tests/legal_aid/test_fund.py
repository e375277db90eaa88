"""The fund: three people for each yuan, budgets, caps, and books that always balance."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from legal_aid.domain import books, fund, refusals, representation, statistics
from legal_aid.models import Account, Entry, Line, Payment, Project
from tests.factories import MONDAY, make_case
from tests.journeys.test_counts import queries_of
from tests.legal_aid.acts import AT, engage
from tests.legal_aid.test_representation import close, log

TODAY = MONDAY.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def project(register, accountant):
    for kind, most in (("subsidy", 1500), ("travel", 200)):
        fund.set_standard(register.aid_centre, kind=kind, most=Decimal(most), since=TODAY)
    return open_project(register, accountant)


def open_project(register, by, *, budget="2000.00", name="维权援助"):
    return fund.open_project(
        register.aid_centre, name=name, budget=Decimal(budget), basis="锦工发〔2026〕1号",
        voucher=f"拨-{name}", at=AT, by=by,
    )  # fmt: skip


@pytest.fixture
def closed(district_case, register, lawyer, aid_administrator):
    matter = engage(district_case.case, register, lawyer, by=aid_administrator)
    log(matter, lawyer)
    close(matter, lawyer)
    return matter


def ask(project, matter, by, *, kind="subsidy", amount="1200.00", **facts):
    told = {"engagement": matter, "payee": matter.lawyer.user if matter else None, **facts}
    return fund.ask(project, kind=kind, amount=Decimal(amount), at=AT, by=by, **told)


def approve(payment, by, *, approved=True):
    return fund.decide(payment, approved=approved, words="", at=AT, by=by)


def pay(payment, by, *, voucher="付-001"):
    return fund.pay(payment, voucher=voucher, paid_on=TODAY, at=AT, by=by)


def test_a_subsidy_goes_its_way_and_the_books_balance(
    project, closed, aid_administrator, leader, accountant, register
):
    payment = pay(approve(ask(project, closed, aid_administrator), leader), accountant)
    assert (payment.state, payment.entry.voucher) == ("paid", "付-001")
    rows = {account: balance for account, _d, _c, balance in books.balances([register.aid_centre])}
    assert rows == {
        Account.BANK: Decimal("800.00"),
        Account.GRANTS: Decimal("-2000.00"),
        Account.SUBSIDY: Decimal("1200.00"),
    }
    assert sum(rows.values()) == 0
    assert fund.left_of(project) == Decimal("800.00")


def test_who_asks_does_not_approve_nor_does_the_payee(
    project, closed, aid_administrator, lawyer, leader
):
    payment = ask(project, closed, aid_administrator)
    with pytest.raises(refusals.HandlerApproves):
        approve(payment, aid_administrator)
    with pytest.raises(refusals.PayeeApproves):
        approve(payment, lawyer)
    assert str(refusals.PayeeApproves()) == "您是该支付的收款人，须由他人审批。"
    with pytest.raises(refusals.PayeeHandles):
        ask(project, closed, lawyer)
    approve(payment, leader)
    for payer in (leader, lawyer):
        with pytest.raises(refusals.PayerNotApart):
            pay(payment, payer)


def test_the_database_keeps_them_apart_too(project, closed, aid_administrator, lawyer, leader):
    payment = ask(project, closed, aid_administrator)
    for facts, constraint in (
        ({"approver": aid_administrator, "state": "approved"}, "payment_approver_apart"),
        ({"approver": lawyer, "state": "approved"}, "payment_approver_apart"),
        ({"handler": lawyer}, "payment_handler_not_payee"),
        (
            {
                "approver": leader,
                "payer": leader,
                "state": "paid",
                "paid_on": TODAY,
                "voucher": "x",
            },
            "payment_payer_apart",
        ),
        ({"state": "paid"}, "payment_step_by_step"),
        ({"engagement": None}, "payment_for_case_or_item"),
        ({"amount": 0}, "payment_positive"),
        ({"payee_name": "某公司"}, "payment_has_one_payee"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(**facts)


def test_no_subsidy_before_the_closing_report_and_only_one(
    project, district_case, register, lawyer, aid_administrator
):
    matter = engage(district_case.case, register, lawyer, by=aid_administrator)
    with pytest.raises(refusals.NotClosed):
        ask(project, matter, aid_administrator)
    log(matter, lawyer)
    close(matter, lawyer)
    ask(project, matter, aid_administrator)
    with pytest.raises(refusals.PaidTwice):
        ask(project, matter, aid_administrator)


def test_caps_and_purposes(project, closed, aid_administrator):
    with pytest.raises(refusals.AboveCap) as refused:
        ask(project, closed, aid_administrator, amount="1500.01")
    assert "1,500" in str(refused.value)
    with pytest.raises(refusals.NoStandard):
        ask(project, closed, aid_administrator, kind="expert", amount="1")
    with pytest.raises(refusals.PurposeMissing):
        ask(project, None, aid_administrator, kind="travel", amount="1", item=" ", payee_name="某")
    with pytest.raises(refusals.PurposeMissing):
        ask(project, None, aid_administrator, amount="1", item="x", payee_name="某")


def test_an_exhausted_budget_is_said_and_kept(
    project, closed, register, lawyer, aid_administrator, leader
):
    approve(ask(project, closed, aid_administrator, amount="1500.00"), leader)
    other = engage(make_case(register.guta).case, register, lawyer, by=aid_administrator)
    log(other, lawyer)
    close(other, lawyer)
    with pytest.raises(refusals.BudgetExhausted) as refused:
        ask(project, other, aid_administrator, amount="501.00")
    assert "余额 500" in str(refused.value)
    payment = ask(project, other, aid_administrator, amount="400.00")
    Payment.objects.filter(pk=payment.pk).update(amount=Decimal("900.00"))
    payment.refresh_from_db()
    with pytest.raises(refusals.BudgetExhausted):
        approve(payment, leader)
    with pytest.raises(DatabaseError, match="exceed the budget"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(state="approved", approver=leader)


def test_vouchers_are_there_and_used_once(
    project, closed, register, aid_administrator, leader, accountant
):
    payment = approve(ask(project, closed, aid_administrator), leader)
    with pytest.raises(refusals.VoucherMissing):
        pay(payment, accountant, voucher=" ")
    pay(payment, accountant)
    with pytest.raises(refusals.NotWaiting):
        pay(payment, accountant)
    travel = ask(project, closed, aid_administrator, kind="travel", amount="50")
    approve(travel, leader)
    with pytest.raises(refusals.VoucherKnown):
        pay(travel, accountant)


def test_what_is_not_approved_leaves_the_budget_alone(project, closed, aid_administrator, leader):
    payment = approve(ask(project, closed, aid_administrator), leader, approved=False)
    assert payment.state == "refused"
    assert fund.left_of(project) == Decimal("2000.00")
    assert ask(project, closed, aid_administrator).state == "asked"


def write_lines(project, by, lines):
    books.post(project, lines, text="x", voucher="x", at=AT, by=by)
    books.check_books()


def test_an_entry_that_does_not_balance_is_refused_by_the_database(project, accountant):
    for lines in (
        [(Account.BANK, Decimal(1), Decimal(0)), (Account.GRANTS, Decimal(0), Decimal(2))],
        [(Account.BANK, Decimal(1), Decimal(0))],
        [],
    ):
        with pytest.raises(DatabaseError, match="balance|fewer"), transaction.atomic():
            write_lines(project, accountant, lines)


def test_entries_are_never_changed_nor_taken_out(project):
    for act in (
        lambda: Line.objects.update(debit=1),
        lambda: Line.objects.all().delete(),
        lambda: Entry.objects.update(text="y"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


CENTS = st.integers(min_value=-500_00, max_value=500_00).filter(bool)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(entries=st.lists(st.lists(CENTS, min_size=1, max_size=5), max_size=5))
def test_whatever_is_written_the_books_balance(project, accountant, register, entries):
    """Entries whose lines add up to nothing are kept, all others refused, and nothing between."""
    with transaction.atomic():
        for cents in entries:
            sides = [Decimal(each).scaleb(-2) for each in cents]
            lines = [
                (Account.BANK, max(side, Decimal(0)), max(-side, Decimal(0))) for side in sides
            ]
            balanced = sum(sides) == 0 and len(lines) >= 2
            try:
                with transaction.atomic():
                    write_lines(project, accountant, lines)
                kept = True
            except DatabaseError:
                kept = False
            assert kept == balanced
        rows = books.balances([register.aid_centre])
        assert sum(row[1] for row in rows) == sum(row[2] for row in rows)
        transaction.set_rollback(True)


def test_the_sheet_of_the_month_names_matters_and_no_party(
    client, clock, project, closed, aid_administrator, leader, accountant, auditor
):
    payment = pay(approve(ask(project, closed, aid_administrator), leader), accountant)
    client.force_login(auditor)
    answer = client.get(reverse("subsidy_sheet"), {"month": "2026-09"})
    page = load_workbook(BytesIO(answer.content)).active
    rows = list(page.values)
    assert rows[1][2] == closed.application.number
    assert rows[1][7] == 1200
    assert rows[-1][6:8] == ("合计", 1200)
    assert "韩玉兰" not in str(rows)
    assert payment.voucher in rows[1]
    empty = client.get(reverse("subsidy_sheet"), {"month": "2026-13"})
    assert empty.status_code == 200


def test_three_people_on_the_pages(
    client, clock, project, closed, aid_administrator, leader, accountant
):
    client.force_login(aid_administrator)
    form = client.get(reverse("payment_add"), {"matter": closed.pk}).text
    assert "selected" in form
    sent = {
        "project": project.pk, "kind": "subsidy", "amount": "1200", "engagement": closed.pk,
        "payee": closed.lawyer.user_id,
    }  # fmt: skip
    assert "一个收款人" in client.post(reverse("payment_add"), {**sent, "payee": ""}).text
    refused = client.post(reverse("payment_add"), {**sent, "amount": "9000"})
    assert "最高" in refused.text
    client.post(reverse("payment_add"), sent)
    payment = Payment.objects.get()
    decide = reverse("payment_act", args=[payment.pk, "decide"])
    assert client.post(decide, {"approved": "yes"}).status_code == 403
    client.force_login(leader)
    shown = client.get(decide).text
    assert f"办案补贴 · {closed.application.number}" in shown
    assert str(aid_administrator) in shown
    client.post(decide, {"approved": "yes"})
    client.force_login(accountant)
    assert client.get(decide).status_code == 403
    client.post(
        reverse("payment_act", args=[payment.pk, "pay"]),
        {"paid_on": "2026-09-07", "voucher": "付-001"},
    )
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert "借贷平衡" in client.get(reverse("fund")).text
    assert "付-001" in client.get(reverse("books")).text


def test_the_accountant_enters_projects_and_the_leader_sets_standards(
    client, clock, register, accountant, leader
):
    client.force_login(accountant)
    sent = {"name": "维权援助", "budget": "50000", "basis": "锦工发〔2026〕1号", "voucher": "拨-1"}
    assert client.post(reverse("project_add"), {**sent, "budget": "0"}).status_code == 422
    client.post(reverse("project_add"), sent)
    assert Project.objects.get().budget == Decimal(50000)
    assert client.get(reverse("standard_add")).status_code == 403
    client.force_login(leader)
    client.post(reverse("standard_add"), {"kind": "travel", "most": "200", "since": "2026-09-07"})
    assert "最高 200.00" in client.get(reverse("fund")).text
    assert client.get(reverse("project_add")).status_code == 403


def test_the_auditor_reads_and_does_nothing(
    client, clock, project, closed, aid_administrator, auditor
):
    payment = ask(project, closed, aid_administrator)
    client.force_login(auditor)
    for path in ("fund", "payments", "books", "subsidy_sheet"):
        assert client.get(reverse(path)).status_code == 200
    text = client.get(reverse("payment", args=[payment.pk])).text
    assert closed.application.number in text
    assert "韩" not in text
    for name in ("decide", "pay"):
        assert client.post(reverse("payment_act", args=[payment.pk, name])).status_code == 403
    for name in ("payment_add", "project_add", "standard_add"):
        assert client.post(reverse(name)).status_code == 403
    assert client.get(reverse("application", args=[closed.application_id])).status_code == 404


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"古塔区": 3, "凌河区": 4}, [("凌河区", 4), ("古塔区", 3)]),
        ({"古塔区": 3, "凌河区": 4, "太和区": 1}, [("凌河区", 4), ("其余各组合计", 4)]),
        ({"古塔区": 5, "凌河区": 2, "太和区": 1}, [("古塔区", 5), ("其余各组合计", 3)]),
        ({"古塔区": 2}, [("其余各组合计", 2)]),
        ({}, []),
    ],
)
def test_groups_that_say_something_of_single_people_are_counted_together(sizes, shown):
    groups = {name: statistics.Figures(applications=size) for name, size in sizes.items()}
    found = statistics._together(groups)
    assert [(str(name), row.applications) for name, row in found] == shown


def test_a_sealed_case_is_in_no_figures_and_no_voucher_names_it(
    client, clock, project, closed, aid_administrator, accountant, leader
):
    pay(approve(ask(project, closed, aid_administrator), leader), accountant)
    number = closed.application.number
    pages = [reverse(name) for name in ("payments", "books")]
    pages.append(reverse("payment", args=[project.payments.get().pk]))
    client.force_login(accountant)
    assert all(number in client.get(page).text for page in pages)
    type(closed.application.case).objects.update(sealed=True)
    for page in pages:
        said = client.get(page)
        assert said.status_code == 200
        assert number not in said.text
        assert "对您不公开" in said.text
    sheet = client.get(reverse("subsidy_sheet")).content
    cells = [cell.value for row in load_workbook(BytesIO(sheet)).active for cell in row]
    assert number not in cells
    client.force_login(leader)
    found = client.get(reverse("aid_statistics"), {"year": "2026"}).context["found"]
    assert found.total.applications == 0
    assert found.by_county == []


def test_the_approver_of_a_sealed_matter_is_not_told_which(
    client, clock, project, closed, aid_administrator, leader
):
    payment = ask(project, closed, aid_administrator)
    type(closed.application.case).objects.update(sealed=True)
    client.force_login(leader)
    shown = client.get(reverse("payment_act", args=[payment.pk, "decide"])).text
    assert "对您不公开" in shown
    assert closed.application.number not in shown


def test_strangers_to_the_fund(
    client, clock, project, closed, aid_administrator, lawyer, district_mediator
):
    payment = ask(project, closed, aid_administrator)
    for user in (lawyer, district_mediator):
        client.force_login(user)
        assert client.get(reverse("payment", args=[payment.pk])).status_code == 404
        assert client.get(reverse("payment_act", args=[payment.pk, "pay"])).status_code == 404
        for path in ("fund", "payments", "books", "subsidy_sheet", "aid_statistics"):
            assert client.get(reverse(path)).status_code == 403


def test_the_pages_ask_the_same_for_one_and_three(
    client, clock, register, project, closed, lawyer, aid_administrator, leader, accountant
):
    pay(approve(ask(project, closed, aid_administrator), leader), accountant)
    client.force_login(aid_administrator)
    pages = [reverse(name) for name in ("fund", "payments", "books", "aid_statistics")]
    asked = [queries_of(client, url) for url in pages]
    for number in range(2):
        other = open_project(register, accountant, name=f"项目{number}")
        matter = engage(make_case(register.guta).case, register, lawyer, by=aid_administrator)
        log(matter, lawyer)
        close(matter, lawyer)
        payment = approve(ask(other, matter, aid_administrator), leader)
        pay(payment, accountant, voucher=f"付-{number}")
    assert [queries_of(client, url) for url in pages] == asked
    assert max(asked) <= 15


def test_the_figures_count_by_kind_and_county(
    client, clock, register, closed, lawyer, aid_administrator, leader
):
    case = make_case(register.linghe, worker={"is_migrant": True}).case
    matter = engage(case, register, lawyer, by=aid_administrator)
    representation.log_work(
        matter, on=TODAY, kind="reading", hours=Decimal(1), text="阅卷", at=AT, by=lawyer
    )
    client.force_login(leader)
    found = client.get(reverse("aid_statistics"), {"year": "2026"}).context["found"]
    assert (found.total.applications, found.total.granted, found.total.assigned) == (2, 2, 2)
    assert (found.total.decided_in_time, found.total.assigned_in_time) == (2, 2)
    assert (found.total.closed, found.total.recovered) == (1, Decimal("14600.00"))
    (county,) = found.by_county
    (kind,) = found.by_kind
    assert (county[1].applications, kind[1].applications) == (2, 2)
    assert client.get(reverse("aid_statistics"), {"year": "nonsense"}).status_code == 200
