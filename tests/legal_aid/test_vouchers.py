"""Scans of vouchers, advances that come back, and that every yuan leads somewhere."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit.models import AuditEntry
from disputes.models import Case
from legal_aid.domain import books, enclosures, fund, refusals
from legal_aid.models import Account, Enclosure, Entry, Payment, Repayment
from tests.factories import MONDAY
from tests.legal_aid.acts import AT, engage
from tests.legal_aid.papers import make_pdf
from tests.legal_aid.test_fund import approve, ask, open_project, pay

TODAY = MONDAY.date()
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64
pytestmark = pytest.mark.django_db


@pytest.fixture
def project(register, accountant):
    for kind in ("advance", "expert"):
        fund.set_standard(register.aid_centre, kind=kind, most=Decimal(1500), since=TODAY)
    return open_project(register, accountant)


@pytest.fixture
def advance(project, aid_administrator, leader, accountant):
    """1,000 of 2,000 yuan advanced for an expert opinion, paid."""
    row = ask(
        project, None, aid_administrator, kind="advance", amount="1000.00", item="伤情鉴定垫付",
        payee_name="锦北样例鉴定所",
    )  # fmt: skip
    return pay(approve(row, leader), accountant)


def give_back(payment, by, *, amount="400.00", on=TODAY, voucher="收-001", scan=None):
    return fund.give_back(
        payment, amount=Decimal(amount), on=on, voucher=voucher, scan=scan, at=AT, by=by
    )


def test_an_advance_comes_back_and_the_budget_covers_it_again(
    advance, project, accountant, register
):
    assert (fund.out_of(advance), fund.left_of(project)) == (Decimal(1000), Decimal(1000))
    made = give_back(advance, accountant)
    assert (fund.out_of(advance), fund.left_of(project)) == (Decimal(600), Decimal(1400))
    lines = [(line.account, line.debit, line.credit) for line in made.entry.lines.all()]
    assert lines == [
        (Account.BANK, Decimal("400.00"), Decimal(0)),
        (Account.ADVANCE, Decimal(0), Decimal("400.00")),
    ]
    books.check_books()
    rows = books.balances([register.aid_centre])
    assert sum(row[1] for row in rows) == sum(row[2] for row in rows)
    assert {row[0]: row[3] for row in rows}[Account.ADVANCE] == Decimal(600)


def test_no_more_comes_back_than_is_out_nor_before_it_went(
    advance, project, accountant, aid_administrator, leader
):
    with pytest.raises(refusals.MoreThanOut) as refused:
        give_back(advance, accountant, amount="1000.01")
    assert str(refused.value) == "归还金额不得超过尚未归还的 1,000.00 元。"
    with pytest.raises(refusals.BackTooEarly):
        give_back(advance, accountant, on=TODAY - timedelta(days=1))
    with pytest.raises(refusals.VoucherMissing):
        give_back(advance, accountant, voucher=" ")
    with pytest.raises(refusals.VoucherKnown):
        give_back(advance, accountant, voucher="付-001")
    give_back(advance, accountant, amount="1000.00")
    with pytest.raises(refusals.NotAdvanced):
        give_back(advance, accountant, amount="1.00", voucher="收-002")
    other = ask(
        project, None, aid_administrator, kind="expert", amount="1", item="鉴定", payee_name="某所"
    )
    with pytest.raises(refusals.NotWaiting):
        give_back(other, accountant, amount="1.00", voucher="收-002")
    pay(approve(other, leader), accountant, voucher="付-002")
    with pytest.raises(refusals.NotAdvanced):
        give_back(other, accountant, amount="1.00", voucher="收-002")


def test_the_database_keeps_the_rules_of_repayments(advance, accountant):
    made = give_back(advance, accountant)
    for act in (
        lambda: Repayment.objects.update(amount=1),
        lambda: made.delete(),
        lambda: give_back_rudely(advance, accountant, amount=Decimal(601)),
        lambda: give_back_rudely(advance, accountant, on=TODAY - timedelta(days=1)),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def give_back_rudely(payment, by, *, amount=Decimal(1), on=TODAY):
    lines = [(Account.BANK, amount, Decimal(0)), (Account.ADVANCE, Decimal(0), amount)]
    entry = books.post(payment.project, lines, text="x", voucher="收-9", at=AT, by=by)
    Repayment.objects.create(
        payment=payment, entry=entry, amount=amount, on=on, voucher="收-9", at=AT, by=by
    )
    books.check_books()


def enter(project, by, sides, amount, **told):
    lines = [(sides[0], amount, Decimal(0)), (sides[1], Decimal(0), amount)]
    books.post(project, lines, text="x", voucher="x", at=AT, by=by, **told)
    books.check_books()


def pay_rudely(payment, facts, *, entered=None):
    Payment.objects.filter(pk=payment.pk).update(**facts)
    if entered:
        sides = (Account.EXPERT, Account.BANK)
        enter(payment.project, payment.handler, sides, entered, payment=payment)
    books.check_books()


@pytest.mark.parametrize(
    "sides",
    [(Account.TRAVEL, Account.BANK), (Account.BANK, Account.ADVANCE)],
    ids=["spent on nothing", "back from nothing"],
)
def test_no_yuan_moves_without_a_payment(project, accountant, sides):
    with pytest.raises(DatabaseError, match="leads to no payment"), transaction.atomic():
        enter(project, accountant, sides, Decimal(5))


def test_an_entry_is_as_much_as_its_payment_and_what_is_paid_is_in_the_books(
    project, aid_administrator, leader, accountant
):
    row = ask(
        project, None, aid_administrator, kind="expert", amount="7", item="x", payee_name="某"
    )
    approve(row, leader)
    paid = {"state": "paid", "payer": accountant, "paid_on": TODAY, "voucher": "付-1"}
    with pytest.raises(DatabaseError, match="not in the books"), transaction.atomic():
        pay_rudely(row, paid)
    with pytest.raises(DatabaseError, match="leads to no payment"), transaction.atomic():
        pay_rudely(row, paid, entered=Decimal(8))
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=row.pk).update(amount=Decimal(6))
    assert Entry.objects.count() == 1


def test_a_voucher_is_scanned_once_and_pays_for_one_thing(
    advance, project, aid_administrator, accountant
):
    file = make_pdf(1, "发票.pdf")
    scan = enclosures.enclose(file, payment=advance, at=AT, by=accountant)
    assert (scan.content_type, len(scan.sha256)) == ("application/pdf", 64)
    assert "发票" not in scan.file.name
    with pytest.raises(refusals.ScanKnown):
        enclosures.enclose(file, payment=advance, at=AT, by=accountant)
    with pytest.raises(refusals.ScanUsed):
        ask(
            project, None, aid_administrator, kind="expert", amount="1", item="x",
            payee_name="某", scan=file,
        )  # fmt: skip
    assert Payment.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Enclosure.objects.update(name="y")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("发票.pdf", b"not a pdf"),
        ("发票.pdf", b""),
        ("片.mp4", b"\x00\x00\x00\x18ftypmp42" + b"0" * 60),
    ],
)
def test_what_is_no_scan_is_refused_beside_its_field(
    client, clock, advance, accountant, name, content
):
    client.force_login(accountant)
    door = reverse("payment_act", args=[advance.pk, "scan"])
    answer = client.post(door, {"scan": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["scan"]
    assert not Enclosure.objects.exists()


def test_the_page_takes_scans_and_repayments_and_hands_the_scan_out(
    client, clock, advance, accountant, auditor, aid_administrator, lawyer
):
    client.force_login(auditor)
    page = reverse("payment", args=[advance.pk])
    assert "尚未上传凭证扫描件" in client.get(page).text
    for state in ("out", "unscanned"):
        assert advance in client.get(reverse("payments"), {"state": state}).context["rows"]
    client.force_login(aid_administrator)
    back = reverse("payment_act", args=[advance.pk, "give-back"])
    assert client.get(back).status_code == 403
    client.force_login(accountant)
    told = {"amount": "1000", "on": "2026-09-07", "voucher": "收-001"}
    assert "不得超过" in client.post(back, {**told, "amount": "2000"}).text
    scan = SimpleUploadedFile("收据.png", PICTURE, "image/png")
    client.post(back, {**told, "scan": scan})
    client.force_login(auditor)
    text = client.get(page).text
    assert "收据.png" in text
    assert "已归还" in text
    for state in ("out", "unscanned"):
        assert not client.get(reverse("payments"), {"state": state}).context["rows"]
    door = reverse("enclosure", args=[Enclosure.objects.get().pk])
    answer = client.get(door)
    assert b"".join(answer.streaming_content) == PICTURE
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert AuditEntry.objects.filter(door="enclosure", action="file").exists()
    assert "归还垫付款：锦北样例鉴定所" in client.get(reverse("books")).text
    client.force_login(lawyer)
    assert client.get(door).status_code == 404
    assert client.post(back, told).status_code == 404


def test_of_a_sealed_case_no_voucher_is_handed_out(
    client, clock, project, district_case, register, lawyer, aid_administrator, accountant
):
    fund.set_standard(register.aid_centre, kind="travel", most=Decimal(200), since=TODAY)
    matter = engage(district_case.case, register, lawyer, by=aid_administrator)
    row = ask(project, matter, aid_administrator, kind="travel", amount="50")
    scan = enclosures.enclose(make_pdf(1, "韩玉兰车票.pdf"), payment=row, at=AT, by=accountant)
    client.force_login(accountant)
    assert "车票" in client.get(reverse("payment", args=[row.pk])).text
    Case.objects.filter(pk=district_case.case_id).update(sealed=True)
    assert "车票" not in client.get(reverse("payment", args=[row.pk])).text
    assert client.get(reverse("enclosure", args=[scan.pk])).status_code == 404
