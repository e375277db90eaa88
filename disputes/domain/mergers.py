"""Two reports of one matter: one goes on, the other points to it and loses nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.evidence import copy_evidence
from disputes.domain.proceedings import close_proceeding, end_case
from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.timeline import Reach, record
from disputes.models import Case, Claim, Evidence, Level, Merger, Outcome, Party, Tier


class OtherMatter(Refusal):
    """The cases are not two reports of one matter."""

    sentence = _(
        "These are not two reports of one matter: the applicant and the employer must be the same."
    )
    field = "number"


class MergedBefore(Refusal):
    """One of the two is part of a merger already."""

    sentence = _("One of the two cases was merged before. Merge into the one that goes on.")
    field = "number"


class TooFarToMerge(Refusal):
    """The commission has docketed the case."""

    sentence = _("A case that the commission has docketed is not merged: join the two instead.")


class NotMerged(Refusal):
    """There is nothing to undo."""

    sentence = _("This case was not merged into another.")


class GoesOnNoMore(Refusal):
    """The case into which it was merged has ended."""

    sentence = _("The case that goes on has ended: the merger is not undone any more.")


@transaction.atomic
def merge(proceeding, *, other, reason, at, by):
    """End *proceeding* because its case is a second report of the matter of *other*'s case.

    Its materials and the claims that the other lacks are put there too; numbers, reporters and
    whatever was written stay. The course must have been left before. Raises ``OtherMatter``,
    ``MergedBefore``, ``TooFarToMerge``, ``AlreadyClosed``. Returns the ``Merger``.
    """
    list(Case.objects.select_for_update().filter(pk__in=[proceeding.case_id, other.case_id]))
    check_merger(proceeding, other)
    case, into = proceeding.case, other.case
    merger = Merger.objects.create(merged=case, into=into, reason=reason, at=at, by=by)
    merger.claims = _hand_claims_on(case, into)
    merger.save(update_fields=["claims"])
    copy_evidence(_materials(case), proceeding=other, at=at, by=by)
    close_proceeding(proceeding, outcome=Outcome.MERGED, at=at, by=by)
    end_case(case, at=at, outcome=Outcome.MERGED, tier=proceeding.tier)
    _tell(merger, proceeding, other)
    return merger


def check_merger(proceeding, other):
    """Raise the refusal that speaks against merging *proceeding* into *other*, if any."""
    if proceeding.closed_at or other.closed_at:
        raise AlreadyClosed
    if proceeding.tier == Tier.ARBITRATION and proceeding.accepted_on:
        raise TooFarToMerge
    pair = [proceeding.case_id, other.case_id]
    running = Merger.objects.filter(undone_at__isnull=True)
    if running.filter(merged__in=pair).exists() or running.filter(into=proceeding.case_id).exists():
        raise MergedBefore
    if pair[0] == pair[1] or not _is_one_matter(*pair):
        raise OtherMatter


def _is_one_matter(one, two):
    return all(_marks(one, role) & _marks(two, role) for role in _MARKS)


_MARKS = {
    Party.Role.APPLICANT: ("id_index", "phone_index"),
    Party.Role.RESPONDENT: ("credit_code", "name"),
}


def _marks(case, role):
    """Return what tells the parties of *role* in *case* from others."""
    rows = Party.objects.filter(case=case, role=role)
    return {mark for row in rows.values_list(*_MARKS[role]) for mark in row if mark}


def _hand_claims_on(case, into):
    known = set(Claim.objects.filter(case=into).standing().values_list("kind", flat=True))
    rows = Claim.objects.filter(case=case).of_applicant().exclude(kind__in=known)
    copies = [
        Claim(
            case=into,
            kind=row.kind,
            amount=row.amount,
            period_from=row.period_from,
            period_to=row.period_to,
            detail=row.detail,
        )
        for row in rows
    ]
    return [claim.pk for claim in Claim.objects.bulk_create(copies)]


def _materials(case):
    rows = Evidence.objects.filter(case=case, level__lte=Level.CASE)
    return rows.filter(reach__in=(Reach.ALL, Reach.ONWARD)).order_by("pk")


def _tell(merger, proceeding, other):
    told = {"at": merger.at, "by": merger.by, "key": True}
    record(
        merger.merged,
        N_("Second report of one matter: taken into %(other)s"),
        proceeding=proceeding,
        text=merger.reason,
        other=merger.into.matter_number,
        **told,
    )
    record(
        merger.into,
        N_("A second report of this matter, %(other)s of %(day)s, was taken in"),
        proceeding=other,
        text=merger.merged.facts,
        reach=Reach.ONWARD,
        other=merger.merged.matter_number,
        day=merger.merged.received_on,
        **told,
    )


@transaction.atomic
def undo(proceeding, *, reason, at, by):
    """Undo the merger of the case of *proceeding*; it waits to be opened again.

    Claims that went over are given up there; copies of materials stay. Raises ``NotMerged`` and
    ``GoesOnNoMore``. Returns the ``Merger``.
    """
    merger = merger_of(proceeding.case)
    if merger is None:
        raise NotMerged
    if merger.into.ended_at is not None:
        raise GoesOnNoMore
    merger.undone_at, merger.undone_by, merger.undo_reason = at, by, reason
    merger.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    taken_back = Claim.objects.filter(pk__in=merger.claims, dropped_on__isnull=True)
    taken_back.update(dropped_on=timezone.localdate(at))
    Case.objects.filter(pk=merger.merged_id).update(ended_at=None, defence_line=None)
    for case in (merger.merged, merger.into):
        record(case, N_("The merger of the two reports was undone"), at=at, by=by, text=reason)
    proceeding.case.refresh_from_db()
    return merger


def merger_of(case):
    """Return the merger by which *case* was taken into another, or None."""
    running = Merger.objects.filter(merged=case, undone_at__isnull=True)
    return running.select_related("merged", "into").first()


def reports_of(case):
    """Return the cases that were second reports of the matter of *case*, oldest first."""
    merged = Merger.objects.filter(into=case, undone_at__isnull=True).values("merged")
    return Case.objects.filter(pk__in=merged).select_related("filed_by").order_by("pk")
