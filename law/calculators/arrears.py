"""The surcharge on wages that stay unpaid after an order (劳动合同法85)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from law.calculators.result import Line, Result, finish
from law.numbers import round_yuan, yuan
from law.words import say_yuan

LEAST, MOST = Decimal("0.5"), Decimal("1")


def arrears_surcharge(arrears, *, order_issued: bool, paid_by_deadline: bool) -> Result:
    """Return the surcharge of 50 to 100 per cent on *arrears* in yuan; the amount is the most.

    Due only when the labour administration ordered payment and the employer let the day pass
    (劳动合同法85; 劳动保障监察条例26). Facts: "min" and "max" with two places. Raises WrongInput.
    """
    owed = yuan(arrears, _("Wages in arrears"))
    due = order_issued and not paid_by_deadline
    least, most = (owed * LEAST, owed * MOST) if due else (Decimal(0), Decimal(0))
    facts = {"min": round_yuan(least), "max": round_yuan(most)}
    return finish(most, (_line(owed, order_issued, due),), facts)


def _line(owed, order_issued, due):
    article = "劳动合同法第八十五条；劳动保障监察条例第二十六条"
    if due:
        text = _("50%% to 100%% of %(owed)s yuan.") % {"owed": say_yuan(owed)}
    elif order_issued:
        text = _("The order was obeyed in time: no surcharge.")
    else:
        text = _("Without an order of the labour administration there is no surcharge.")
    return Line(text, article)
