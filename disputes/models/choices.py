"""Words of the trade that rows are sorted by."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tier(models.IntegerChoices):
    """Where a dispute is handled: the three lines of defence as organisations."""

    ENTERPRISE = 1, _("enterprise tier")
    REGIONAL = 2, _("regional tier")
    ARBITRATION = 3, _("arbitration tier")


class DefenceLine(models.IntegerChoices):
    """Where a dispute ended. A different fact from the tier that handled it."""

    PREVENTED = 0, _("prevented before a case existed")
    ENTERPRISE = 1, _("settled at the enterprise tier")
    REGIONAL = 2, _("settled at the regional tier")
    ARBITRATION = 3, _("ended in arbitration")


class Level(models.IntegerChoices):
    """How confidential a row is."""

    PUBLIC = 0, _("L0 public")
    INTERNAL = 1, _("L1 internal")
    CASE = 2, _("L2 case file")
    SENSITIVE = 3, _("L3 highly sensitive")


class Source(models.TextChoices):
    """How a dispute became known."""

    SELF = "self", _("the worker in person")
    STATION = "station", _("filled in by a station")
    HOTLINE = "hotline", _("12351 hotline")
    CITY_HOTLINE = "city_hotline", _("passed on by 12345")
    COURT = "court", _("entrusted by the court")
    ARBITRATION = "arbitration", _("guided here by arbitration")
    INSPECTION = "inspection", _("passed on by labour inspection")
    PETITION = "petition", _("passed on by the petition office")
    SUPERVISION = "supervision", _("found by supervision")
    LEDGER = "ledger", _("ledger")


class Cause(models.TextChoices):
    """The main cause of a dispute: working categories mapped to 调解仲裁法 article 2."""

    RELATIONSHIP = "relationship", _("confirmation of the labour relation")
    NO_CONTRACT = "no_contract", _("double wage for lack of a contract")
    CHANGE = "change", _("performance or change of the contract")
    TERMINATION = "termination", _("termination of the contract")
    LEAVING = "leaving", _("dismissal, resignation, leaving")
    WAGES = "wages", _("wages")
    OVERTIME = "overtime", _("overtime pay")
    SEVERANCE = "severance", _("severance pay")
    DAMAGES = "damages", _("damages")
    HOURS = "hours", _("working hours")
    LEAVE = "leave", _("rest and leave")
    INSURANCE = "insurance", _("social insurance")
    INJURY = "injury", _("work-injury benefits")
    WELFARE = "welfare", _("welfare")
    TRAINING = "training", _("training and service term")
    NON_COMPETE = "non_compete", _("non-compete and secrecy")
    PROTECTION = "protection", _("labour protection")
    WOMEN = "women", _("protection of women and minors")
    COLLECTIVE_CONTRACT = "collective_contract", _("collective contract")
    DISPATCH = "dispatch", _("labour dispatch")
    PART_TIME = "part_time", _("part-time employment")
    OVERAGE = "overage", _("workers over retirement age")
    EMPLOYER_LIABILITY = (
        "employer_liability",
        _("liability of the contracting employer"),
    )
    PLATFORM = "platform", _("new forms of employment")
    PERSONNEL = "personnel", _("personnel dispute")
    OTHER = "other", pgettext_lazy("cause", "other")


class ClaimKind(models.TextChoices):
    """What is asked for."""

    WAGE_ARREARS = "wage_arrears", _("unpaid wages")
    OVERTIME = "overtime", _("overtime pay")
    DOUBLE_WAGE = "double_wage", _("double wage for lack of a contract")
    SEVERANCE = "severance", _("severance pay")
    DAMAGES = "damages", _("damages for unlawful termination")
    NOTICE_PAY = "notice_pay", _("pay in lieu of notice")
    ANNUAL_LEAVE = "annual_leave", _("pay for annual leave not taken")
    INSURANCE = "insurance", _("social insurance benefits")
    INJURY = "injury", _("work-injury benefits")
    INJURY_MEDICAL = "injury_medical", _("medical costs of a work injury")
    RELATIONSHIP = "relationship", _("confirmation of the labour relation")
    REINSTATEMENT = "reinstatement", _("continued performance of the contract")
    NON_COMPETE = "non_compete", _("non-compete compensation")
    OTHER = "other", pgettext_lazy("claim", "other")


class EmploymentForm(models.TextChoices):
    """On what footing the worker works."""

    CONTRACT = "contract", _("labour contract")
    DISPATCH = "dispatch", _("labour dispatch")
    OUTSOURCED = "outsourced", _("outsourcing")
    PART_TIME = "part_time", _("part-time employment")
    INTERN = "intern", _("internship")
    REHIRED = "rehired", _("re-employed after retirement")
    PLATFORM = "platform", _("platform work")
    CONTRACTOR = "contractor", _("works for an individual contractor")
    SERVICE = "service", _("labour service")


class Licence(models.TextChoices):
    """Whether an employer may act as one (劳动人事争议仲裁办案规则 article 6)."""

    VALID = "valid", _("valid licence")
    NONE = "none", _("no licence")
    REVOKED = "revoked", _("licence revoked")
    EXPIRED = "expired", _("licence run out")
    CLOSED = "closed", _("closed down or dissolved")


class IdType(models.TextChoices):
    """What document shows who somebody is."""

    RESIDENT = "resident", _("resident identity card")
    HMT = "hmt", _("residence permit for Hong Kong, Macao and Taiwan residents")
    FOREIGNER = "foreigner", _("permanent residence permit for foreigners")
    PASSPORT = "passport", _("passport")
    OTHER = "other", pgettext_lazy("document", "other")


class Grade(models.TextChoices):
    """How much a dispute asks of those who handle it."""

    SIMPLE = "simple", _("simple")
    ORDINARY = "ordinary", _("ordinary")
    MAJOR = "major", _("major")


class Outcome(models.TextChoices):
    """How a proceeding ended."""

    SETTLED = "settled", _("settled by agreement")
    RECONCILED = "reconciled", _("reconciled and withdrawn")
    NOT_SETTLED = "not_settled", _("not settled")
    EXPIRED = "expired", _("not settled within the term")
    REFUSED = "refused", _("not accepted")
    WITHDRAWN = "withdrawn", _("withdrawn by the applicant")
    DEEMED_WITHDRAWN = "deemed_withdrawn", _("treated as withdrawn")
    TO_ARBITRATION = "to_arbitration", _("left for arbitration")
    TRANSFERRED = "transferred", _("passed to another organisation")
    MEDIATED_AWARD = "mediated_award", _("mediation statement of the commission")
    FINAL_AWARD = "final_award", _("final award")
    NON_FINAL_AWARD = "non_final_award", _("non-final award")
    SEPARATE_AWARDS = "separate_awards", _("separate awards, final and non-final")
    CANCELLED = "cancelled", _("cancelled, should not have been docketed")
    TERMINATED = "terminated", _("ended without a decision")
    OUTSIDE = "outside", _("ended at an outside organisation")
    MERGED = "merged", _("second report, taken into another case")


SETTLING_OUTCOMES = {
    Outcome.SETTLED,
    Outcome.RECONCILED,
    Outcome.MEDIATED_AWARD,
    Outcome.FINAL_AWARD,
    Outcome.NON_FINAL_AWARD,
    Outcome.SEPARATE_AWARDS,
}
