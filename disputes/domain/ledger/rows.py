"""One raw row of the ledger made into facts, or into findings that say why it cannot be."""

from django.utils.translation import gettext as _

from disputes.domain.ledger.cells import Cells
from disputes.domain.ledger.facts import LedgerRow
from disputes.domain.ledger.words import (
    AWARDS,
    CAUSES,
    GRADES,
    ID_TYPES,
    LEVELS,
    OUTCOMES,
    SEXES,
    SOURCES,
    TIERS,
    bare_word,
    causes_in,
    names_in,
)
from disputes.domain.refusals import Refusal
from disputes.domain.routing import tier_of
from disputes.models import IdType, Level, Source, Tier
from disputes.models.choices import Grade
from disputes.validators import (
    birth_date_of,
    normalise_credit_code,
    normalise_identity_number,
    normalise_name,
    normalise_organisation,
    normalise_phone,
    sex_of,
    validate_credit_code,
    validate_identity_number,
    validate_name,
    validate_phone,
)
from offices.findings import ERROR, WARNING

# A dispute of so many workers or more is collective (劳动争议调解仲裁法 article 7).
COLLECTIVE = 10


# Columns that the record keeps as the ledger's own words.
KEPT = (
    "matter_number",
    "case_number",
    "sessions",
    "confirmation",
    "performance",
    "performed_amount",
    "onward",
    "legal_aid",
    "lawyer",
    "satisfaction",
    "remarks",
)


def read_row(raw, *, register, today):
    """The `LedgerRow` of `raw`, or None when it is rejected, and the list of findings.

    `register` answers `find_office` and `find_handling_office`, which return the office of a name
    or None, the latter raising `Refusal` for one that may not be used; `today` is the last day a
    date may name.
    """
    cells = Cells(raw, today=today)
    notes = [(raw.header.titles[f], cells.as_written(f)) for f in KEPT if cells.text(f)]
    facts = {
        **_offices(cells, register, notes),
        **_worker(cells),
        **_employer(cells),
        **_matter(cells),
        **_days(cells),
        **_end(cells),
    }
    _compare(cells, facts)
    if cells.has_errors:
        return None, cells.findings
    return LedgerRow(raw.sheet, raw.line, notes=tuple(notes), **facts), cells.findings


def _offices(cells, register, notes):
    return {
        "office": _office(cells, register),
        "reporting_office": _reporting_office(cells, register, notes),
    }


def _office(cells, register):
    name = cells.needed("office")
    try:
        office = register.find_handling_office(name) if name else None
        tier = tier_of(office) if office else None
    except Refusal as refusal:
        return cells.complain("office", str(refusal))
    if name and office is None:
        message = _("The register of offices has no “%(name)s”.")
        cells.complain("office", message % {"name": name[:60]})
    _compare_tier(cells, tier)
    return office


def _compare_tier(cells, tier):
    stated = cells.word("tier", TIERS)
    if tier and stated and stated != tier:
        message = _("The register has this office at the %(tier)s; the register counts.")
        cells.warn("tier", message % {"tier": Tier(tier).label})


def _reporting_office(cells, register, notes):
    name = cells.text("reporting_office")
    office = register.find_office(name) if name else None
    if name and office is None:
        notes.append((cells.raw.header.titles["reporting_office"], name))
        message = _("The register of offices has no “%(name)s”; kept as a remark.")
        cells.warn("reporting_office", message % {"name": name[:60]})
    return office


def _worker(cells):
    name = normalise_name(cells.needed("applicant"))
    if name:
        cells.checked("applicant", normalise_name, validate_name)
    id_type = cells.word("id_type", ID_TYPES, kind=WARNING) or IdType.RESIDENT
    return {
        "applicant": name,
        "id_type": id_type,
        "id_number": _id_number(cells, id_type),
        "phone": cells.checked("phone", normalise_phone, validate_phone, kind=WARNING),
        "sex": cells.word("sex", SEXES) or "",
        "is_migrant": cells.yes("is_migrant"),
        "is_dispatched": cells.yes("is_dispatched"),
    }


def _id_number(cells, id_type):
    if isinstance(cells.raw.values.get("id_number"), (int, float)):
        # A spreadsheet keeps 15 digits of a number and turns the rest into zeros.
        return cells.complain(
            "id_number",
            _("The number is stored as a figure, which loses its last digits; enter it as text."),
        )
    if not cells.needed("id_number", longest=30):
        return ""
    if id_type in (IdType.PASSPORT, IdType.OTHER):
        return normalise_identity_number(cells.text("id_number"))
    return cells.checked("id_number", normalise_identity_number, validate_identity_number)


def _employer(cells):
    code = cells.checked("credit_code", normalise_credit_code, validate_credit_code)
    if not cells.text("credit_code"):
        cells.warn("credit_code", _("There is no code; please add it to the case."))
    return {
        "employer": normalise_organisation(cells.needed("employer", longest=100)),
        "credit_code": code,
        "industry": cells.text("industry", longest=50),
        "headcount_band": cells.text("headcount_band", longest=20),
    }


def _matter(cells):
    workers = cells.count("worker_count", least=1) or 1
    return {
        "causes": _causes(cells),
        "claim_count": cells.count("claim_count", least=1, most=500, kind=WARNING) or 1,
        "worker_count": workers,
        "collective": cells.yes("collective") or workers >= COLLECTIVE,
        "amount": cells.money("amount"),
        "source": cells.word("source", SOURCES) or Source.LEDGER,
        "grade": cells.word("grade", GRADES) or Grade.ORDINARY,
        "level": _level(cells),
        "handler": cells.text("handler", longest=50),
    }


def _causes(cells):
    written = causes_in(cells.needed("causes"))
    known = [CAUSES.get(bare_word(word)) for word in written]
    for word, cause in zip(written, known, strict=True):
        if cause is None:
            message = _(
                "“%(written)s” is no cause on the list. Write one that is, such as %(known)s."
            )
            facts = {"written": word[:30], "known": "、".join(names_in(CAUSES)[:5])}
            cells.complain("causes", message % facts)
    return tuple(dict.fromkeys(known))


def _level(cells):
    level = cells.word("level", LEVELS)
    return Level.CASE if level is None else level


def _days(cells):
    if cells.raw.values.get("registered_on") is None:
        cells.needed("registered_on")
    fields = ("registered_on", "occurred_on", "accepted_on", "closed_on")
    return {field: cells.day(field) for field in fields}


def _end(cells):
    outcome = cells.word("outcome", OUTCOMES, kind=ERROR) or ""
    closed = cells.raw.values.get("closed_on") is not None
    if closed and not cells.text("outcome"):
        cells.complain("outcome", _("A closed case needs to say how it was closed."))
    if outcome and not closed:
        cells.complain("closed_on", _("A case that was closed needs the day when."))
    return {"outcome": outcome, "agreed_amount": cells.money("agreed_amount")}


def _compare(cells, facts):
    """Complain of facts that contradict each other."""
    registered, closed = facts["registered_on"], facts["closed_on"]
    _in_order(cells, "occurred_on", facts["occurred_on"], "registered_on", registered)
    _in_order(cells, "registered_on", registered, "accepted_on", facts["accepted_on"], late=True)
    _in_order(cells, "registered_on", registered, "closed_on", closed, late=True)
    _in_order(cells, "accepted_on", facts["accepted_on"], "closed_on", closed, late=True)
    _compare_identity(cells, facts, registered)
    office = facts["office"]
    if office and facts["outcome"] in AWARDS and tier_of(office) != Tier.ARBITRATION:
        cells.complain("outcome", _("Only an arbitration commission closes a case like this."))


def _in_order(cells, first, first_day, second, second_day, *, late=False):
    """Complain of the field `second` (of `first` unless `late`) when the days are reversed."""
    if not first_day or not second_day or first_day <= second_day:
        return
    titles = cells.raw.header.titles
    cells.complain(
        second if late else first,
        _("%(second)s (%(second_day)s) lies before %(first)s (%(first_day)s).")
        % {
            "first": titles[first],
            "first_day": first_day.isoformat(),
            "second": titles[second],
            "second_day": second_day.isoformat(),
        },
    )


def _compare_identity(cells, facts, registered):
    number = facts["id_number"]
    if not number or facts["id_type"] in (IdType.PASSPORT, IdType.OTHER):
        return
    if registered and birth_date_of(number) > registered:
        cells.complain("id_number", _("By this number the worker was not yet born."))
    if facts["sex"] and facts["sex"] != sex_of(number):
        cells.warn("sex", _("The identity number says otherwise; please compare the card."))
