"""The terms of an agreement: written one by one, sums checked, warnings said."""

import hashlib
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.models import Proceeding
from law.capitals import in_capitals
from law.parameters import parameter_on
from law.refusals import LawRefusal
from mediation.domain import coworkers
from mediation.domain.agreements import AlreadyEffective
from mediation.domain.instalments import keep_term
from mediation.models import Agreement, Instalment

Performance = Agreement.Performance
WAIVING = ("放弃社保", "放弃社会保险", "不缴社保", "不缴纳社会保险", "自愿放弃缴纳")
MONTHLY = ("月工资", "每月工资", "月薪")


class NoTerms(Refusal):
    """An agreement about nothing."""

    sentence = _("Write down at least one term: who owes, what, and by when.")


class SumDiffers(Refusal):
    """The instalments do not add up to the amount."""

    sentence = _("The instalments do not add up to the amount of the term.")


class NoDay(Refusal):
    """A term without a day is performed never."""

    sentence = _("Say by which day each term is performed.")


class AlreadySigned(Refusal):
    """Somebody put a name under the text."""

    is_late = True
    sentence = _(
        "Somebody has signed this text. Take the signatures back first; everybody signs the new "
        "text again."
    )


@transaction.atomic
def write_terms(proceeding, *, drafts, at, by):
    """Keep the terms of the agreement of *proceeding*, a list of ``Draft``, and return it.

    The agreement's text, its sum and the last day of performance follow from them. Raises
    ``NoTerms``, ``NoDay``, ``SumDiffers``, ``AlreadySigned`` and ``AlreadyEffective``.
    """
    Proceeding.objects.select_for_update().get(pk=proceeding.pk)
    agreement = Agreement.objects.filter(proceeding=proceeding).first()
    if agreement and agreement.effective_on:
        raise AlreadyEffective
    if agreement and (agreement.signings.exists() or coworkers.is_signed(proceeding)):
        raise AlreadySigned
    check_terms(drafts)
    agreement = agreement or Agreement(proceeding=proceeding)
    agreement.at, agreement.by, agreement.declined = at, by, False
    _sum_up(agreement, drafts)
    agreement.save()
    agreement.term_rows.all().delete()
    for number, draft in enumerate(drafts, 1):
        keep_term(agreement, number, draft)
    return agreement


def check_terms(drafts):
    """Raise the refusal that speaks against these ``Draft`` rows, if any."""
    if not drafts:
        raise NoTerms
    for number, draft in enumerate(drafts, 1):
        if not draft.instalments:
            raise NoDay(_("Term %(number)d: say by which day.") % {"number": number})
        amounts = [amount for _day, amount in draft.instalments if amount is not None]
        if draft.amount is not None and sum(amounts) != draft.amount:
            raise SumDiffers(
                _("Term %(number)d: the instalments add up to %(sum)s, the amount is %(amount)s.")
                % {"number": number, "sum": sum(amounts, Decimal(0)), "amount": draft.amount}
            )
        if draft.amount is None and amounts:
            raise SumDiffers(
                _("Term %(number)d: write the amount that the instalments add up to.")
                % {"number": number}
            )


def _sum_up(agreement, drafts):
    amounts = [draft.amount for draft in drafts if draft.amount is not None]
    agreement.terms = "\n".join(say_term(draft) for draft in drafts)
    agreement.amount = sum(amounts) if amounts else None
    agreement.performance_by = max(day for draft in drafts for day, _amount in draft.instalments)
    agreement.performance_mode = _mode(drafts, amounts)


def _mode(drafts, amounts):
    if not amounts:
        return Performance.ACT
    if len(amounts) < len(drafts):
        return Performance.BOTH
    several = any(len(draft.instalments) > 1 for draft in drafts)
    return Performance.INSTALMENTS if several else Performance.ONCE


def say_term(draft):
    """Return a term as the agreement says it, the amount in capitals too."""
    said = f"{draft.debtor.name}：{draft.content}"
    if draft.amount is not None:
        said += f"，金额{draft.amount:,.2f}元（大写：{in_capitals(draft.amount)}）"
    if len(draft.instalments) == 1:
        day = draft.instalments[0][0]
        said += f"，于{day.year}年{day.month}月{day.day}日前履行"
    else:
        said += f"，分{len(draft.instalments)}期履行"
    if draft.default_clause:
        said += f"；逾期的，{draft.default_clause}"
    return f"{said}。"


def text_hash(agreement):
    """Return the SHA-256 of what is signed: the text, the sums and every day."""
    rows = Instalment.objects.filter(term__agreement=agreement).order_by("term__ordinal", "ordinal")
    days = [f"{row.due_on.isoformat()} {_plain(row.amount)}" for row in rows]
    text = "\n".join([agreement.terms, _plain(agreement.amount), *days])
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(amount):
    return "" if amount is None else f"{amount:.2f}"


def warnings_of(agreement):
    """Return what its people should know before they sign *agreement*, as sentences."""
    found = []
    text = agreement.terms
    if any(word in text for word in WAIVING):
        found.append(
            _(
                "The text gives up social insurance. Such an agreement has no effect and the duty "
                "to insure stays (法释〔2025〕12号 article 19)."
            )
        )
    if agreement.confirms_relationship or "确认劳动关系" in text:
        found.append(
            _(
                "An agreement that confirms a labour relation cannot go to arbitration review "
                "(劳动人事争议仲裁办案规则 article 75)."
            )
        )
    if any(word in text for word in MONTHLY) and _below_minimum(agreement):
        found.append(_("A monthly wage below the local minimum wage is not allowed."))
    return found


def _below_minimum(agreement):
    day = timezone.localdate(agreement.at)
    try:
        least = parameter_on("min_wage", day).amount
    except LawRefusal:
        return False
    amounts = agreement.term_rows.filter(amount__isnull=False, content__regex="|".join(MONTHLY))
    return amounts.filter(amount__lt=least).exists()
