"""The package that a case travels in: data, materials, an index, and forms for the answer.

What was said in confidence stays: only materials that travel and are not highly sensitive are in
it, of the timeline what happened and never what somebody said, of a mediation when it was and how
it ended.
"""

import json
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import package_sheets
from arbitration.domain.handover import check_sharing, materials_for
from arbitration.models import PackageExport
from disputes.domain.facts import facts_at
from disputes.domain.proof import items_ahead, number_pages
from disputes.domain.timeline import Kind, Reach, record
from disputes.elements import ELEMENTS, print_value
from disputes.models import Claim, Level, TimelineEntry

SCHEMA = "fangxian-handover/1"
IN_MEMORY = 8 << 20  # bytes; larger packages are made on disk
CHUNK = 1 << 20
UNSAFE = set('/\\:*?"<>|')


@dataclass(frozen=True)
class Package:
    """A package that was made: an open *file* at its start, its *name*, the row that logs it."""

    file: object
    name: str
    export: PackageExport


@transaction.atomic
def take_out(proceeding, *, sharing_basis="", at, by):
    """Make the package of *proceeding* and log that *by* took it out; return the ``Package``.

    With the applicant's consent to passing data on, else on *sharing_basis*: raises
    ``SharingNotAgreed``.
    """
    check_sharing(proceeding, sharing_basis=sharing_basis)
    file = build(proceeding, at=at)
    export = PackageExport.objects.create(
        proceeding=proceeding,
        sharing_basis=sharing_basis,
        sha256=_digest(file),
        size=file.seek(0, 2),
        at=at,
        by=by,
    )
    file.seek(0)
    record(
        proceeding.case,
        N_("Package taken out for %(office)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.OFFICE,
        text=sharing_basis,
        office=proceeding.office.name,
    )
    return Package(file, f"{_safe(proceeding.number)}.zip", export)


def build(proceeding, *, at):
    """Return an open binary file with the package of *proceeding* as it stands at *at*."""
    with translation.override(settings.LANGUAGE_CODE):
        materials = list(materials_for(proceeding).order_by("pk"))
        content = content_of(proceeding, materials, at=at)
        # Whoever asked for it closes it: it is handed out piece by piece.
        file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("case.json", _as_json(content))
            archive.writestr("index.xlsx", package_sheets.index_of(content))
            archive.writestr("write_back.json", _as_json([answer_of(proceeding)]))
            archive.writestr("write_back.xlsx", package_sheets.answer_of(proceeding))
            for row, listed in zip(materials, content["materials"], strict=True):
                _add_material(archive, row, listed["path"])
    file.seek(0)
    return file


def content_of(proceeding, materials, *, at):
    """Return what case.json says, as plain values: the case without what is confidential."""
    case = proceeding.case
    return {
        "schema": SCHEMA,
        "made_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "our_number": proceeding.number,
        "matter_number": case.matter_number,
        "sent_by": proceeding.desk.name,
        "sent_to": proceeding.office.name,
        "case": _case(case),
        "parties": [_party(party) for party in case.parties.order_by("pk")],
        "elements": [_element(row) for row in facts_at(proceeding) if row.name in ELEMENTS],
        "claims": [_claim(claim) for claim in Claim.objects.filter(case=case).standing()],
        "proceedings": [_proceeding(row) for row in _proceedings(case)],
        "course": [_entry(row) for row in _timeline(case)],
        "limitation": [_deadline(row) for row in _limitation(case)],
        "materials": [_material(number, row) for number, row in enumerate(materials, 1)],
        "proof": [_proof(row) for row in number_pages(items_ahead(proceeding))],
    }


def answer_of(proceeding):
    """Return the empty answer that the other side fills in and sends back."""
    return {
        "our_number": proceeding.number,
        "receipt_on": "",
        "their_number": "",
        "outcome": "",
        "outcome_on": "",
        "amount": "",
        "note": "",
    }


def stays_behind(proceeding):
    """Return how many materials of the case do not travel."""
    travelling = materials_for(proceeding)
    return proceeding.case.evidence.exclude(pk__in=travelling.values("pk")).count()


def _case(case):
    return {
        "source": _coded(case, "source"),
        "cause": _coded(case, "cause"),
        "grade": _coded(case, "grade"),
        "facts": case.facts,
        "collective": case.collective,
        "worker_count": case.worker_count,
        "occurred_on": _day(case.occurred_on),
        "received_on": _day(case.received_on),
    }


def _element(row):
    return {
        "element": row.name,
        "stated": print_value(row.name, row.value),
        "stated_by": _coded(row, "stated_by"),
        "answer": _coded(row, "answer"),
        "answer_note": row.answer_note,
    }


def _party(party):
    names = (
        "name", "id_number", "credit_code", "phone", "address", "contact_name", "industry",
        "headcount_band", "accepts_e_service", "is_migrant", "is_dispatched",
    )  # fmt: skip
    choices = ("role", "kind", "id_type", "sex", "employment_form", "capacity", "licence")
    facts = {name: getattr(party, name) for name in names}
    return {name: _coded(party, name) for name in choices} | facts


def _claim(claim):
    return {
        "kind": _coded(claim, "kind"),
        "amount": _money(claim.amount),
        "period_from": _day(claim.period_from),
        "period_to": _day(claim.period_to),
        "detail": claim.detail,
        "counterclaim": claim.counter,
    }


def _proceedings(case):
    return case.proceedings.select_related("office").order_by("ordinal")


def _proceeding(row):
    return {
        "office": row.office.name,
        "tier": _coded(row, "tier"),
        "number": row.number,
        "opened_on": _day(timezone.localdate(row.opened_at)),
        "accepted_on": _day(row.accepted_on),
        "closed_on": _day(row.closed_at and timezone.localdate(row.closed_at)),
        "outcome": _coded(row, "outcome") if row.outcome else None,
    }


def _timeline(case):
    rows = TimelineEntry.objects.filter(
        case=case, reach__in=[Reach.ALL, Reach.ONWARD], level__lte=Level.CASE
    )
    return rows.order_by("at", "pk")


def _entry(row):
    # What happened; what somebody said of it stays.
    return {"at": timezone.localtime(row.at).isoformat(timespec="minutes"), "what": row.title}


def _limitation(case):
    rows = case.deadlines.filter(rule__rule_id__startswith="LIMITATION")
    return rows.select_related("rule").order_by("pk")


def _deadline(row):
    return {
        "title": row.title,
        "counted_from": _day(row.started_on),
        "until": _day(row.due_legal),
        "state": _coded(row, "state"),
        "article": row.rule.article,
    }


def _material(number, row):
    return {
        "number": number,
        "name": row.name,
        "path": f"materials/{number:03d}-{_safe(row.name)}",
        "content_type": row.content_type,
        "size": row.size,
        "sha256": row.sha256,
        "added_on": _day(timezone.localdate(row.added_at)),
        "purpose": row.purpose,
        "source": row.source,
        "pages": row.pages,
        "original_seen": row.is_original,
    }


def _proof(row):
    """Return a line of a side's list; what the other side said of it stays."""
    return {
        "side": _coded(row.party, "role"),
        "number": row.number,
        "name": row.name,
        "purpose": row.purpose,
        "source": row.source,
        "pages": row.span,
        "original_seen": row.is_original,
        "handed_in_on": _day(row.submitted_on),
        "passed_on_on": _day(row.exchanged_on),
    }


def _add_material(archive, row, path):
    with row.file.open("rb") as source, archive.open(path, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)


def _coded(row, name):
    """Return the code of a choice and how people read it."""
    value = getattr(row, name)
    return {"code": value, "label": str(getattr(row, f"get_{name}_display")()) if value else ""}


def _day(value):
    return value.isoformat() if value else None


def _money(value):
    return None if value is None else str(Decimal(value))


def _safe(name):
    """Return *name* as a file name that every system takes; never a way out of its folder."""
    plain = "".join("_" if sign in UNSAFE or not sign.isprintable() else sign for sign in name)
    path = PurePath(plain.strip(". ") or _("file"))
    return f"{path.stem[:80]}{path.suffix[:12]}"


def _as_json(content):
    return json.dumps(content, ensure_ascii=False, indent=2)


def _digest(file):
    digest = sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
