"""Which papers the commission has, and what its desk knows for them."""

from django.utils import timezone

from arbitration.models import ClaimAward, Decision, DocketDecision, Hearing, Panel
from disputes.domain.paper_facts import money, say_moment
from disputes.models import Deadline, Service
from disputes.papers import ARBITRATION, Source, register
from law.calendar import load_calendar
from papers.domain.issuing import say_date

Paper = ClaimAward.Paper
POSTPONE = 3  # working days before the hearing (劳动争议调解仲裁法 article 35)
# What the law opens against an award that is not final (劳动争议调解仲裁法 article 50).
REMEDY = (
    "当事人对本裁决不服的，可以自收到裁决书之日起十五日内向人民法院提起诉讼；"
    "期满不起诉的，裁决书发生法律效力。"
)


def connect():
    """Let the record offer the papers of the commission."""
    register(
        Source("docket_approval", ARBITRATION, fill=_panel, due=_waits_for_docket),
        Source("docket_notice", ARBITRATION, to_party=True, due=_docketed),
        Source("docket_refusal", ARBITRATION, to_party=True, fill=_refusal, due=_refused),
        Source("response_notice", ARBITRATION, to_party=True, due=_docketed),
        Source("panel_notice", ARBITRATION, to_party=True, fill=_panel, due=_has_panel),
        Source("hearing_notice", ARBITRATION, to_party=True, fill=_hearing, due=_has_hearing),
        Source("defence", ARBITRATION, fill=_received),
        Source("oral_arbitration", ARBITRATION),
        Source("award_paper", ARBITRATION, fill=_award, due=_awards(Paper.NON_FINAL)),
        Source("final_award", ARBITRATION, fill=_award, due=_awards(Paper.FINAL)),
        Source("statement_paper", ARBITRATION, fill=_award, due=_is("statement")),
        Source("extension_notice", ARBITRATION, to_party=True, fill=_extension, due=_extended),
        together=("docket_decision", "arbitral_panel", "award_extension"),
    )


def _panel(proceeding):
    panel = (
        Panel.objects.filter(proceeding=proceeding)
        .select_related("presiding", "second", "third", "clerk")
        .first()
    )
    if panel is None:
        return {}
    first = "独任仲裁员" if panel.sole else "首席仲裁员"
    people = [f"{panel.presiding.name}（{first}）"]
    people += [f"{person.name}（仲裁员）" for person in panel.arbitrators[1:]]
    if panel.clerk:
        people.append(f"{panel.clerk.name}（书记员）")
    return {"组庭人员": "、".join(people)}


def _refusal(proceeding):
    decision = DocketDecision.objects.filter(proceeding=proceeding).first()
    return {"不予受理理由": decision.reasons if decision else ""}


def _hearing(proceeding):
    hearing = (
        Hearing.objects.filter(proceeding=proceeding, cancelled=False)
        .select_related("room")
        .order_by("-ordinal")
        .first()
    )
    if hearing is None:
        return _panel(proceeding)
    return {
        **_panel(proceeding),
        "开庭时间": say_moment(hearing.starts_at),
        "开庭地点": str(hearing.room) if hearing.room else hearing.get_mode_display(),
        "延期申请截止日": _last_day_to_postpone(timezone.localdate(hearing.starts_at)),
    }


def _last_day_to_postpone(day):
    """Return the third working day before the date *day*, as papers write it."""
    return say_date(load_calendar().workday_before(day, POSTPONE))


def _received(proceeding):
    served = Service.objects.served().filter(proceeding=proceeding, paper="application_copy")
    row = served.order_by("received_on").first()
    return {"收到副本日期": say_date(row.received_on) if row else ""}


def _award(proceeding):
    decision = (
        Decision.objects.filter(proceeding=proceeding).order_by("partial", "-decided_on").first()
    )
    if decision is None:
        return _panel(proceeding)
    awards = list(decision.awards.select_related("claim"))
    final = [row for row in awards if row.paper == Paper.FINAL]
    return {
        **_panel(proceeding),
        "裁决理由": decision.reasons,
        "裁决事项": _say_all(row for row in awards if row.paper != Paper.FINAL),
        "终局裁决事项": _say_all(final),
        "裁决性质与救济": REMEDY,
    }


def _say_all(awards):
    return "\n".join(_say(number, row) for number, row in enumerate(awards, 1))


def _say(number, row):
    kind, amount = row.claim.get_kind_display(), money(row.amount_awarded)
    decided = row.get_supported_display()
    return f"{number}．{kind}：{decided}{f'，金额{amount}元' if amount else ''}；"


def _extension(proceeding):
    row = getattr(proceeding, "award_extension", None)
    term = Deadline.objects.filter(proceeding=proceeding, rule__rule_id="ARB_AWARD").last()
    return {
        "延长至": say_date(term.due_legal) if term and row else "",
        "延期理由": getattr(row, "reason", "") if row else "",
    }


def _waits_for_docket(row):
    return row.accepted_on is None and row.closed_at is None


def _docketed(row):
    return row.accepted_on is not None


def _refused(row):
    decision = getattr(row, "docket_decision", None)
    return decision is not None and not decision.docketed


def _has_panel(row):
    return getattr(row, "arbitral_panel", None) is not None


def _has_hearing(row):
    return _has_panel(row) and Hearing.objects.filter(proceeding=row, cancelled=False).exists()


def _is(kind):
    return lambda row: any(one.kind == kind for one in _decisions(row))


def _awards(paper):
    """Return whether it is time for an award of this kind: what is final stands apart.

    劳动人事争议仲裁办案规则 article 50.
    """
    return lambda row: any(
        award.paper == paper for one in _decisions(row) for award in one.awards.all()
    )


def _decisions(row):
    if not hasattr(row, "_decisions"):
        row._decisions = list(Decision.objects.filter(proceeding=row).prefetch_related("awards"))
    return row._decisions


def _extended(row):
    return getattr(row, "award_extension", None) is not None
