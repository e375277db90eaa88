"""The lists of proof of the parties, their exchange and what each side says: at every tier.

A tier goes on from the lists of the one before it, so nothing is asked twice. What a side said
of the other's proof in mediation stays there (企业劳动争议协商调解规定 article 11).
"""

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.days import check_day
from disputes.domain.refusals import AlreadyClosed, DoneBefore, Told
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import Evidence, Level, Proceeding, ProofItem, ProofOpinion

DOUBTS = ("doubts_authenticity", "doubts_legality", "doubts_relevance")
# What is known of a line wherever it stands.
KNOWN = ("name", "purpose", "source", "pages", "is_original", "material")
Opinion, Manner = ProofOpinion.Opinion, ProofOpinion.Manner


class NothingChosen(Told):
    """Nothing was chosen or entered."""

    sentence = _("Enter at least one.")


class OwnProof(Told):
    """One side speaks about the other's proof."""

    sentence = _("A party gives its opinion on what the other side handed in.")


class DoubtUnexplained(Told):
    """What is disputed is said, and why."""

    sentence = _("Say what is doubted, and why.")


class KeptMaterial(Told):
    """What was shown in confidence would reach the other side."""

    sentence = _(
        "%(name)s was given in confidence. It does not go onto a list that the other side gets."
    )


@transaction.atomic
def hand_in(proceeding, *, lists, submitted_on, until=None, at, by=None):
    """Enter what the parties handed in on the date *submitted_on*: *lists* are (party, items).

    Each item is a dict of name, purpose, source, pages, is_original and material (or None), and
    of taken_from for a line of an earlier tier. What comes after the date *until* is taken and
    marked. Returns the ``ProofItem`` rows. Raises ``NothingChosen`` and ``KeptMaterial``.
    """
    _lock(proceeding)
    check_lists(lists=lists, submitted_on=submitted_on, today=timezone.localdate(at))
    rows = []
    for party, items in lists:
        late = until is not None and submitted_on > until
        told = {"submitted_on": submitted_on, "is_late": late, "at": at, "by": by}
        rows += _enter(proceeding, party, items, told)
    return rows


def check_lists(*, lists, submitted_on, today):
    """Raise a ``Refusal`` when lists of proof cannot be entered like this."""
    check_day(submitted_on, field="submitted_on", today=today)
    if not any(items for _party, items in lists):
        raise NothingChosen
    for _party, items in lists:
        for material in filter(None, (item.get("material") for item in items)):
            if material.level > Level.CASE or material.reach not in (Reach.ALL, Reach.ONWARD):
                raise KeptMaterial(name=material.name)


def materials_ahead(proceeding):
    """Return the materials of known side and purpose that stand on no list of *proceeding* yet.

    Only those that may reach the other side.
    """
    rows = Evidence.objects.filter(
        case=proceeding.case_id,
        proceeding__ordinal__lte=proceeding.ordinal,
        party__isnull=False,
        reach__in=(Reach.ALL, Reach.ONWARD),
        level__lte=Level.CASE,
    )
    listed = proceeding.proof_items.filter(material__isnull=False).values("material")
    earlier = items_ahead(proceeding).filter(material__isnull=False).values("material")
    rows = rows.exclude(purpose="").exclude(pk__in=listed).exclude(pk__in=earlier)
    return rows.select_related("party").order_by("party", "pk")


def items_ahead(proceeding):
    """Return the lines of earlier tiers that stand on no list of *proceeding* yet."""
    rows = ProofItem.objects.filter(
        proceeding__case=proceeding.case_id, proceeding__ordinal__lt=proceeding.ordinal
    )
    taken = proceeding.proof_items.filter(taken_from__isnull=False).values("taken_from")
    # A line that was itself taken over further on is offered once, as it stood last.
    gone_on = ProofItem.objects.filter(
        proceeding__case=proceeding.case_id,
        proceeding__ordinal__lt=proceeding.ordinal,
        taken_from__isnull=False,
    ).values("taken_from")
    rows = rows.exclude(pk__in=taken).exclude(pk__in=gone_on)
    return rows.select_related("party", "material").order_by("party", "number")


def line_of(row):
    """Return the item of a list that the material or the earlier line *row* makes."""
    if isinstance(row, ProofItem):
        return {name: getattr(row, name) for name in KNOWN} | {"taken_from": row}
    facts = {name: getattr(row, name) for name in KNOWN if name != "material"}
    return facts | {"material": row}


@transaction.atomic
def exchange(proceeding, *, party, exchanged_on, at, by=None):
    """Pass what *party* handed in to the other side, on the date *exchanged_on*.

    Returns how many items went.
    """
    _lock(proceeding)
    check_exchange(proceeding, party=party, exchanged_on=exchanged_on, today=timezone.localdate(at))
    count = waiting_for_exchange(proceeding, party).update(exchanged_on=exchanged_on)
    verb = N_("Proof of the %(role)s passed to the other side")
    _note(proceeding, verb, at=at, by=by, role=party.get_role_display())
    return count


def check_exchange(proceeding, *, party, exchanged_on, today):
    """Raise a ``Refusal`` when nothing can be passed on like this."""
    waiting = waiting_for_exchange(proceeding, party)
    last = waiting.aggregate(last=Max("submitted_on"))["last"]
    if last is None:
        raise DoneBefore
    check_day(
        exchanged_on, field="exchanged_on", today=today, after=last, what=_("when it was handed in")
    )


def waiting_for_exchange(proceeding, party):
    """Return the items of *party* that the other side has not got yet."""
    return proceeding.proof_items.filter(party=party, exchanged_on__isnull=True)


@transaction.atomic
def say(proceeding, *, party, opinions, said_on, manner=Manner.TOGETHER, at, by=None):
    """Record what *party* says of the other side's proof: *opinions* is a list of dicts of item,
    opinion, doubts_authenticity, doubts_legality, doubts_relevance and reason.

    劳动争议调解仲裁法 articles 38, 39. *manner* is one of ``ProofOpinion.Manner``. Returns the
    ``ProofOpinion`` rows.
    """
    _lock(proceeding)
    check_opinions(
        proceeding, party=party, opinions=opinions, said_on=said_on, today=timezone.localdate(at)
    )
    told = {"party": party, "said_on": said_on, "manner": manner, "at": at, "by": by}
    rows = ProofOpinion.objects.bulk_create(
        ProofOpinion(**told, **_plain(facts)) for facts in opinions
    )
    disputed = sum(row.opinion == Opinion.DISPUTED for row in rows)
    verb = N_("%(role)s on the other side's proof: %(count)s items, %(disputed)s disputed")
    said = {"role": party.get_role_display(), "count": len(rows), "disputed": disputed}
    _note(proceeding, verb, at=at, by=by, **said)
    return rows


def check_opinions(proceeding, *, party, opinions, said_on, today, **_rest):
    """Raise a ``Refusal`` when opinions cannot be recorded like this."""
    check_day(said_on, field="said_on", today=today)
    if not opinions:
        raise NothingChosen
    open_items = {item.pk for item in items_for(proceeding, party)}
    for facts in opinions:
        item = facts["item"]
        if item.party_id == party.pk:
            raise OwnProof
        if item.pk not in open_items:
            raise DoneBefore
        _check_doubt(facts)


def items_for(proceeding, party):
    """Return the items on which *party* has not said its opinion yet, in order."""
    rows = proceeding.proof_items.exclude(party=party)
    if party.role != "third":
        # One side does not examine what its own side handed in.
        rows = rows.exclude(party__role=party.role)
    return rows.exclude(opinions__party=party).select_related("party").order_by("party", "number")


def lists_for(content, case, *, of=None):
    """Return the lines of *case* that reach the reader of *content*, tier by tier, side by side.

    With *of* only those about that material. Each with ``said``: the opinions, as far as she
    works at the desk where they were said.
    """
    worked = Q(proceeding__in=content.worked)
    rows = ProofItem.objects.filter(
        worked | Q(proceeding__ordinal__lt=content.after), proceeding__case=case
    )
    rows = rows.filter(material=of) if of else rows
    rows = rows.select_related("proceeding__office", "party", "material")
    rows = rows.order_by("proceeding__ordinal", "party", "number")
    found = list(number_pages(rows))
    opinions = ProofOpinion.objects.filter(item__proceeding__in=content.worked, item__in=found)
    if not found:
        return []
    said = {}
    for opinion in opinions.select_related("party").order_by("pk"):
        said.setdefault(opinion.item_id, []).append(opinion)
    for row in found:
        row.said = said.get(row.pk, [])
    return found


def number_pages(rows):
    """Yield *rows*, in order of their lists, each with ``span``: its pages on the list of its side.

    "3-5", "6", or "" where nobody counted them.
    """
    key, page = None, 1
    for row in rows:
        if key != (row.proceeding_id, row.party_id):
            key, page = (row.proceeding_id, row.party_id), 1
        row.span, count = "", row.pages or 0
        if count:
            row.span = str(page) if count == 1 else f"{page}-{page + count - 1}"
        page += count
        yield row


def _enter(proceeding, party, items, told):
    last = proceeding.proof_items.filter(party=party).aggregate(n=Max("number"))["n"] or 0
    rows = ProofItem.objects.bulk_create(
        ProofItem(proceeding=proceeding, party=party, number=number, **told, **item)
        for number, item in enumerate(items, last + 1)
    )
    verb = N_("%(role)s handed in proof, %(count)s items")
    said = {"role": party.get_role_display(), "count": len(rows)}
    _note(proceeding, verb, at=told["at"], by=told["by"], **said)
    return rows


def _check_doubt(facts):
    doubts = any(facts.get(name) for name in DOUBTS)
    if facts["opinion"] == Opinion.DISPUTED and not (doubts and facts["reason"].strip()):
        raise DoubtUnexplained(field=f"reason_{facts['item'].pk}")


def _plain(facts):
    if facts["opinion"] == Opinion.DISPUTED:
        return facts
    return facts | dict.fromkeys(DOUBTS, False)


def _lock(proceeding):
    if Proceeding.objects.select_for_update().get(pk=proceeding.pk).closed_at:
        raise AlreadyClosed


def _note(proceeding, verb, *, at, by, **facts):
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.OFFICE,
        **facts,
    )
