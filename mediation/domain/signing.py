"""Signing an agreement: four elements, each over the same text."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.filetypes import content_type_of
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Kind, Reach, record
from mediation.domain import bound, coworkers, terms
from mediation.domain.agreements import AlreadyEffective, TermsMissing
from mediation.domain.refusals import check_day
from mediation.models import Agreement, Signing

Who, Method = Signing.Who, Signing.Method
COLUMNS = {
    Who.WORKER: "worker_signed_on",
    Who.EMPLOYER: "employer_signed_on",
    Who.MEDIATOR: "mediator_signed_on",
    Who.SEAL: "sealed_on",
}
SCANS = ("image/png", "image/jpeg", "application/pdf")


class NothingToSee(Refusal):
    """A signature on the screen or a scan without a picture."""

    sentence = _("Sign in the field, or choose the scan of the signed page.")
    field = "file"


class NotAPicture(Refusal):
    """A scan that nobody can look at."""

    sentence = _("A scan is a PDF, a PNG or a JPEG.")
    field = "file"


class SealDrawn(Refusal):
    """A seal is stamped, not drawn."""

    sentence = _("The seal is stamped on paper: scan the page, or keep the original in the file.")
    field = "method"


class WhichEmployer(Refusal):
    """Several employers, and nobody knows whose signature this is."""

    sentence = _("Several employers take part: say which of them signs.")
    field = "party"


@transaction.atomic
def sign(proceeding, *, who, method, signed_on, party=None, file=None, at, by):
    """Record that *who* signed the agreement on the date *signed_on* and return the ``Signing``.

    *party* says which employer where several take part: each signs for itself. *file* is the
    drawing or the scan; its hash is kept with that of the text. Signing again replaces one's own
    signature. Raises ``TermsMissing``, ``AlreadyEffective``, ``NothingToSee``, ``WhichEmployer``,
    ``NotAPicture``, ``SealDrawn``, ``EachWorkerSigns`` and the refusals of days.
    """
    agreement = Agreement.objects.select_for_update().filter(proceeding=proceeding).first()
    if agreement is None or not agreement.terms:
        raise TermsMissing
    if agreement.effective_on:
        raise AlreadyEffective
    if who == Who.SEAL and method == Method.PAD:
        raise SealDrawn
    if who == Who.WORKER and coworkers.each_signs(proceeding.case):
        raise coworkers.EachWorkerSigns(field="who")
    check_day(proceeding, signed_on, at=at, field="signed_on")
    sides = bound.sides_of(proceeding, agreement) if who == Who.EMPLOYER else []
    if sides and party not in [side.party for side in sides]:
        raise WhichEmployer
    facts = {"who": who, "party": party if sides else None, "method": method}
    signing = _make(agreement, facts, signed_on, file, at=at, by=by)
    agreement.declined = False
    setattr(agreement, COLUMNS[who], _keep_side(agreement, sides, signing) or None)
    if not agreement.missing:
        # The last element takes effect with the step of the course, not behind its back.
        setattr(agreement, COLUMNS[who], None)
    agreement.save()
    _tell(proceeding, signing)
    return signing


def _keep_side(agreement, sides, signing):
    """Return the day for the column of *signing*: of several employers that of the last."""
    if not sides:
        return signing.signed_on
    mine = bound.Side(signing.party, signing.signed_on)
    sides = [mine if side.party == signing.party else side for side in sides]
    bound.keep(agreement, [mine])
    return bound.day_of(sides)


def _make(agreement, facts, signed_on, file, *, at, by):
    signing = Signing(
        agreement=agreement, signed_on=signed_on, **facts,
        text_sha256=terms.text_hash(agreement), at=at, by=by,
    )  # fmt: skip
    if signing.method != Method.PAPER:
        if file is None:
            raise NothingToSee
        signing.content_type = content_type_of(file)
        if signing.content_type not in SCANS:
            raise NotAPicture
        file.seek(0)
        content = file.read()
        signing.sha256 = hashlib.sha256(content).hexdigest()
        signing.file.save("signature", ContentFile(content), save=False)
    Signing.objects.filter(agreement=agreement, who=signing.who, party=signing.party).delete()
    signing.save()
    return signing


@transaction.atomic
def take_back(proceeding, *, at, by):
    """Take all signatures back so that the text can be changed. Raises ``AlreadyEffective``."""
    agreement = Agreement.objects.select_for_update().get(proceeding=proceeding)
    if agreement.effective_on:
        raise AlreadyEffective
    agreement.signings.all().delete()
    coworkers.take_back(proceeding)
    agreement.employer_signatures.update(signed_on=None)
    for column in COLUMNS.values():
        setattr(agreement, column, None)
    agreement.save()
    record(
        proceeding.case, N_("Signatures under the agreement taken back"), at=at, by=by,
        proceeding=proceeding, kind=Kind.PAPER, reach=Reach.OFFICE,
    )  # fmt: skip


def signed_days(agreement):
    """Return {column: date} of what was signed over the text as it stands now.

    Of several employers see ``signed_sides``.
    """
    rows = _over_this_text(agreement)
    days = {COLUMNS[row.who]: row.signed_on for row in rows if row.party_id is None}
    if coworkers.each_signs(agreement.proceeding.case):
        days[COLUMNS[Who.WORKER]] = coworkers.day_of(agreement.proceeding)
    return days


def signed_sides(proceeding, agreement):
    """Return the ``Side`` of each of several employers, with what it signed over this text."""
    days = {row.party_id: row.signed_on for row in _over_this_text(agreement)}
    return [
        bound.Side(side.party, days[side.party.pk]) if side.party.pk in days else side
        for side in bound.sides_of(proceeding, agreement)
    ]


def elements_of(proceeding, agreement):
    """Return (label, ``Signing`` or None) of everybody whose signature or seal it takes.

    An employer that the agreement does not bind is left out. Of several workers who are no
    collective case each is named.
    """
    if coworkers.each_signs(proceeding.case):
        workers = coworkers.elements_of(proceeding) or [(Who.WORKER.label, None)]
        return workers + _others(proceeding, agreement, without=Who.WORKER)
    return _others(proceeding, agreement)


def _others(proceeding, agreement, without=None):
    signed = {(row.who, row.party_id): row for row in agreement.signings.all()}
    found = []
    for who, label in Who.choices:
        if who == without:
            continue
        sides = bound.sides_of(proceeding, agreement) if who == Who.EMPLOYER else []
        if sides:
            found += [
                (side.party.name, signed.get((who, side.party.pk))) for side in sides if side.bound
            ]
        else:
            found.append((label, signed.get((who, None))))
    return found


def _over_this_text(agreement):
    today = terms.text_hash(agreement)
    return [row for row in agreement.signings.all() if row.text_sha256 == today]


def _tell(proceeding, signing):
    verb = {
        Who.WORKER: N_("The worker signed the agreement on %(day)s"),
        Who.EMPLOYER: N_("The employer signed the agreement on %(day)s")
        if signing.party is None
        else N_("%(party)s signed the agreement on %(day)s"),
        Who.MEDIATOR: N_("The mediator signed the agreement on %(day)s"),
        Who.SEAL: N_("The agreement was sealed on %(day)s"),
    }[signing.who]
    record(
        proceeding.case, verb, at=signing.at, by=signing.by, proceeding=proceeding,
        kind=Kind.PAPER, reach=Reach.OFFICE, day=signing.signed_on,
        party=signing.party.name if signing.party else "",
    )  # fmt: skip
