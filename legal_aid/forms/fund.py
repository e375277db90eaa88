"""Projects, standards and payments of the fund."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.forms.fields import DayField, MoneyField
from legal_aid.domain import enclosures, fund
from legal_aid.forms.base import AidForm, LineField, PastDayField, ScanField
from legal_aid.models import Engagement, PaymentKind, Project
from offices.models import User


class ProjectForm(AidForm):
    """A project of the fund and the money granted for it."""

    title = _("Enter a project")
    done = _("The project is entered, and its money is in the books.")
    sections = [("", ["name", "budget", "basis", "voucher"])]
    spans = {"name": 3, "budget": 3, "basis": 3, "voucher": 3}

    name = LineField(label=_("Project"), max_length=100)
    budget = MoneyField(label=_("Budget (yuan)"))
    basis = LineField(label=_("Approved by which paper"))
    voucher = LineField(label=_("Voucher number"), max_length=40)

    def clean_budget(self):
        budget = self.cleaned_data["budget"]
        if not budget:
            raise forms.ValidationError(_("The budget is more than nothing."))
        return budget

    def do(self, *, at, by):
        return fund.open_project(self.row, **self.cleaned_data, at=at, by=by)


class StandardForm(AidForm):
    """The most that is paid for one thing."""

    title = _("Set a standard of payment")
    done = _("The standard is set.")
    sections = [("", ["kind", "most", "since"])]
    spans = {"kind": 2, "most": 2, "since": 2}

    kind = forms.ChoiceField(label=_("Kind of payment"), choices=PaymentKind.choices)
    most = MoneyField(label=_("At most (yuan)"))
    since = DayField(label=_("In force since"))

    def prepare(self):
        self.fill(since=self.today)

    def do(self, *, at, by):
        return fund.set_standard(self.row, **self.cleaned_data)


class MatterField(forms.ModelChoiceField):
    """A matter by its number and its lawyer; no name of a party."""

    def label_from_instance(self, row):
        return f"{row.application.number} {row.lawyer}"


class AskPaymentForm(AidForm):
    """A payment, for a matter or an approved item."""

    title = _("Ask for a payment")
    intro = _("Who asks, who approves and who is paid are three people.")
    button = _("Ask")
    done = _("The payment waits for approval.")
    sections = [
        (_("What for"), ["project", "kind", "amount", "engagement", "item"]),
        (_("Payee"), ["payee", "payee_name"]),
        (_("Voucher"), ["scan"]),
    ]
    spans = {"project": 2, "kind": 2, "amount": 2, "engagement": 3, "item": 3, "payee": 3}

    project = forms.ModelChoiceField(label=_("Project"), queryset=None, empty_label=None)
    kind = forms.ChoiceField(label=_("Kind of payment"), choices=PaymentKind.choices)
    amount = MoneyField(label=_("Amount (yuan)"))
    engagement = MatterField(
        label=_("Matter"), queryset=None, required=False, empty_label=_("none")
    )
    item = LineField(label=_("Or an approved item"), required=False)
    payee = forms.ModelChoiceField(
        label=_("Payee, a lawyer"), queryset=None, required=False, empty_label=_("somebody else")
    )
    payee_name = LineField(label=_("Payee outside of the house"), max_length=100, required=False)
    scan = ScanField(label=_("Scan of the bill"))

    def prepare(self):
        self.fields["project"].queryset = Project.objects.filter(centre=self.row)
        matters = Engagement.objects.filter(
            Q(closing__isnull=False) | Q(accepted_at__isnull=False, ended_at__isnull=True),
            application__centre=self.row,
        )
        self.fields["engagement"].queryset = matters.select_related(
            "application", "lawyer__user"
        ).order_by("-pk")
        self.fields["payee"].queryset = User.objects.filter(lawyer__centre=self.row)

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("The amount is more than nothing."))
        return amount

    def clean(self):
        said = super().clean()
        if bool(said.get("payee")) == bool(said.get("payee_name")):
            self.add_error("payee_name", _("Name one payee: a lawyer, or somebody else."))
        return said

    def do(self, *, at, by):
        facts = dict(self.cleaned_data)
        return fund.ask(facts.pop("project"), **facts, at=at, by=by)


class DecidePaymentForm(AidForm):
    """A payment is approved or not."""

    title = _("Decide on the payment")
    button = pgettext_lazy("button", "Decide")
    done = _("The payment is decided.")
    sections = [("", ["approved", "words"])]

    approved = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("approve")), ("no", _("do not approve"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = LineField(label=_("Remark"), max_length=500, required=False)

    @property
    def told(self):
        return [
            (_("What for"), f"{self.row.get_kind_display()} · {self._purpose}"),
            (_("Payee"), self.row.receiver),
            (_("Amount (yuan)"), f"{self.row.amount:,.2f}"),
            (_("Left of the budget (yuan)"), f"{fund.left_of(self.row.project):,.2f}"),
            (_("Asked for"), self.row.handler),
        ]

    @property
    def _purpose(self):
        if not self.row.names_matter:
            return _("not open to you")
        matter = self.row.engagement
        return matter.application.number if matter else self.row.item

    def do(self, *, at, by):
        return fund.decide(self.row, **self.cleaned_data, at=at, by=by)


class PayForm(AidForm):
    """The money has left."""

    title = _("Enter the payment")
    button = _("Enter")
    done = _("The payment is in the books.")
    sections = [("", ["paid_on", "voucher", "scan"])]
    spans = {"paid_on": 3, "voucher": 3}

    paid_on = PastDayField(label=_("Paid on"))
    voucher = LineField(label=_("Voucher number"), max_length=40)
    scan = ScanField(label=_("Scan of the voucher"))

    def prepare(self):
        self.fill(paid_on=self.today)

    def do(self, *, at, by):
        return fund.pay(self.row, **self.cleaned_data, at=at, by=by)


class GiveBackForm(AidForm):
    """An advance comes back."""

    title = _("Enter money given back")
    button = _("Enter")
    done = _("What came back is in the books.")
    sections = [("", ["amount", "on", "voucher", "scan"])]
    spans = {"amount": 2, "on": 2, "voucher": 2}

    amount = MoneyField(label=_("Amount (yuan)"))
    on = PastDayField(label=_("Came back on"))
    voucher = LineField(label=_("Voucher number"), max_length=40)
    scan = ScanField(label=_("Scan of the voucher"))

    def prepare(self):
        self.fill(on=self.today, amount=fund.out_of(self.row))

    @property
    def told(self):
        return [
            (_("Advanced (yuan)"), f"{self.row.amount:,.2f}"),
            (_("Still out (yuan)"), f"{fund.out_of(self.row):,.2f}"),
        ]

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("The amount is more than nothing."))
        return amount

    def do(self, *, at, by):
        return fund.give_back(self.row, **self.cleaned_data, at=at, by=by)


class VoucherForm(AidForm):
    """A voucher that was scanned later."""

    title = _("Add a scan")
    button = _("Keep")
    done = _("The scan is kept.")
    sections = [("", ["scan"])]

    scan = ScanField(label=_("Scan of the voucher"), required=True)

    def do(self, *, at, by):
        return enclosures.enclose(self.cleaned_data["scan"], payment=self.row, at=at, by=by)
