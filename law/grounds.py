"""Why a running time limit may stand still, start again or be extended, and where it is written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Ground:
    """A reason that the law accepts: its *code*, its *title* in words, the *article*."""

    code: str
    title: object
    article: str


_AWARD = "劳动人事争议仲裁办案规则第四十七条"
_LIMITATION = "劳动争议调解仲裁法第二十七条第三款；劳动人事争议仲裁办案规则第二十八条"
_CONSENT = "企业劳动争议协商调解规定第二十九条"
BOTH_PARTIES = Ground("both_parties", _("both parties agreed in writing"), _CONSENT)
APPROVED = Ground("approved", _("the person in charge approved it"), "")
_OTHER = "other"

_SUSPENDS_AWARD = (
    Ground("death", _("the worker died, heirs have not said whether they go on"), _AWARD),
    Ground("capacity", _("the worker lost legal capacity, no representative yet"), _AWARD),
    Ground("dissolved", _("the employer ended, its successor is not known yet"), _AWARD),
    Ground("force_majeure", _("a party cannot take part for reasons beyond control"), _AWARD),
    Ground("other_case", _("the result of another case is needed first"), _AWARD),
    Ground("appraisal", _("an injury finding or another appraisal is awaited"), _AWARD),
    Ground(_OTHER, _("another reason to suspend"), _AWARD),
)
_SUSPENDS_LIMITATION = (
    Ground("force_majeure", _("force majeure keeps her from applying"), _LIMITATION),
    Ground("capacity", _("without capacity and without a representative"), _LIMITATION),
    Ground(_OTHER, _("another good reason keeps her from applying"), _LIMITATION),
)
_SUSPENDS_INJURY = (
    Ground(
        "other_case",
        _("the finding of a court or an authority is awaited"),
        "工伤保险条例第二十条第三款",
    ),
)
_SUSPENSIONS = {
    "ARB_AWARD": _SUSPENDS_AWARD,
    "LIMITATION": _SUSPENDS_LIMITATION,
    "LIMITATION_WAGE": _SUSPENDS_LIMITATION,
    "INJURY_DECIDE": _SUSPENDS_INJURY,
    "INJURY_DECIDE_SIMPLE": _SUSPENDS_INJURY,
    # The law lets the parties lengthen a mediation, so they may agree to let it rest.
    **dict.fromkeys(
        (
            "MED_CLOSE",
            "PLATFORM_MED_CLOSE",
            "COURT_DELEGATED_MED",
            "COURT_MED_ORDINARY",
            "COURT_MED_SIMPLE",
        ),
        (BOTH_PARTIES,),
    ),
}
_CASE = "劳动人事争议仲裁办案规则第四十六条"
_INTERRUPTION = "劳动争议调解仲裁法第二十七条第二款；劳动人事争议仲裁办案规则第二十七条"
# By the words that a rule has in its column "restarts".
_RESTARTS = {
    "join_party": (Ground("join_party", _("a party was added"), f"{_CASE}第一项"),),
    "correction": (Ground("correction", _("the missing papers came in"), f"{_CASE}第二项"),),
    "claim_change": (Ground("claim_change", _("claims were added or changed"), f"{_CASE}第三项"),),
    "counterclaim": (Ground("counterclaim", _("a counterclaim was joined"), f"{_CASE}第四项"),),
    "transfer": (Ground("transfer", _("the case was taken over by transfer"), f"{_CASE}第五项"),),
    "interruption": (
        Ground("claimed", _("she claimed her right from the other side"), _INTERRUPTION),
        Ground("sought_help", _("she asked an authority or a mediator for help"), _INTERRUPTION),
        Ground("promised", _("the other side promised to perform"), _INTERRUPTION),
    ),
}


def grounds_of(rule, act):
    """Return the grounds on which *rule* may be turned: *act* is suspend, restart or extend.

    Empty where the law knows none.
    """
    if act == "suspend":
        return _SUSPENSIONS.get(rule.rule_id, ())
    if act == "restart":
        return tuple(ground for code in rule.restarts for ground in _RESTARTS.get(code, ()))
    return (extension_ground(rule),) if rule.may_be_extended else ()


def extension_ground(rule):
    """Return what an extension of *rule* rests on: both parties' consent, or an approval."""
    return BOTH_PARTIES if rule.extension_approver.startswith("双方当事人") else APPROVED


def find_ground(rule, act, code):
    """Return the ground *code* of *rule* for *act*, or None."""
    return next((ground for ground in grounds_of(rule, act) if ground.code == code), None)
