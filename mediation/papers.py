"""Which papers mediation has, and what it knows for them."""

from django.utils import timezone

from disputes.domain.paper_facts import money, say_moment, say_span
from disputes.models import Deadline, Party
from disputes.papers import ANYWHERE, MEDIATION, Reach, Source, register
from law.capitals import in_capitals
from mediation.domain import (
    acceptance,
    agreements,
    appointment,
    bound,
    failure,
    planning,
    sessions,
)
from mediation.models import Session
from papers.domain.issuing import say_date

ORDINALS = "一二三四五六七八九十"


def connect():
    """Let the record offer the papers of mediation."""
    register(
        Source("consent_inquiry", MEDIATION, to_party=True, due=_asks),
        Source("correction_notice", MEDIATION, to_party=True, fill=_correction, due=_lacks),
        Source("acceptance_notice", MEDIATION, to_party=True, fill=_people, due=_accepted),
        Source("refusal_notice", MEDIATION, to_party=True, fill=_refusal, due=_refused),
        Source("session_notice", MEDIATION, to_party=True, fill=_next_session, due=_waits),
        Source("session_record", MEDIATION, fill=_session, due=_met, reach=Reach.OFFICE),
        Source("extension_consent", MEDIATION),
        Source("agreement", MEDIATION, fill=_agreement, due=_agreed),
        Source("failure_record", MEDIATION, fill=_failure, due=_failed, reach=Reach.OFFICE),
        Source("failure_notice", MEDIATION, to_party=True, fill=_failure, due=_failed),
        Source("performance_reminder", MEDIATION, to_party=True, fill=_agreement),
        Source("review_application", MEDIATION, fill=_agreement, due=_may_be_reviewed),
        Source("confirmation_application", MEDIATION, fill=_agreement, due=_effective),
        Source("payment_order", MEDIATION, fill=_agreement),
        Source("arbitration_application", ANYWHERE, due=_failed),
        together=("acceptance", "agreement", "failure"),
    )


def _people(proceeding):
    names = [person.name for person in appointment.panel(proceeding)]
    if not names:
        last = _last_session(proceeding)
        names = [str(proceeding.handler or (last and last.host) or proceeding.handler_name)]
    return {"调解员": "、".join(name for name in names if name)}


def _correction(proceeding):
    examination = acceptance.last_examination(proceeding)
    return {"补正材料": examination.missing if examination else ""}


def _refusal(proceeding):
    decision = _one(proceeding, "acceptance")
    return {"不予受理理由": decision.reasons if decision else ""}


def _next_session(proceeding):
    last = sessions.last_session(proceeding)
    known = {**_people(proceeding), "调解地点": last.place if last else ""}
    plan = planning.next_plan(proceeding)
    if plan:
        where = str(plan.room) if plan.room else plan.place or plan.get_mode_display()
        return known | {
            "调解时间": say_moment(plan.starts_at), "调解地点": where, "视频地址": plan.link,
        }  # fmt: skip
    if last and last.next_at:
        known["调解时间"] = say_moment(last.next_at)
    return known


def _session(proceeding):
    last = sessions.last_session(proceeding)
    if last is None:
        return {}
    return {
        "次数": str(last.ordinal),
        "调解起止": say_span(last.started_at, last.ended_at),
        "调解地点": last.place or last.get_mode_display(),
        "调解方式": last.get_mode_display(),
        "主持人": last.host.name,
        "记录人": last.by.name,
        "到场人": _attendance(last),
        "双方陈述": sessions.what_was_said(last),
        "回避回答": _recusal(last),
        "无争议事实": last.undisputed,
        "争议焦点": last.issues,
        "调解方案": _offer(last),
        "调解结果": last.get_result_display(),
        "下次调解时间": say_moment(last.next_at) if last.next_at else "",
    }


def _attendance(session):
    rows = [
        {"姓名": row.name, "身份": _part(row), "核对": row.get_identity_display()}
        for row in session.attendees.all()
    ]
    lines = [line.strip() for line in session.attendance.splitlines() if line.strip()]
    return rows + [{"姓名": line, "身份": "", "核对": ""} for line in lines]


def _part(row):
    side = row.get_side_display() if row.side else ""
    return "，".join(word for word in (side, row.get_part_display()) if word)


def _recusal(session):
    answers = (("劳动者", session.get_recusal_worker_display()),
               ("用人单位", session.get_recusal_employer_display()))  # fmt: skip
    said = "；".join(f"{side}：{answer}" for side, answer in answers if answer)
    return f"{said}。" if said else ""


def _offer(session):
    said = [session.proposal.rstrip("。")] if session.proposal else []
    if session.offer_amount is not None:
        said.append(f"金额{money(session.offer_amount)}元（{in_capitals(session.offer_amount)}）")
    if session.offer_due:
        said.append(f"于{say_date(session.offer_due)}前履行")
    words = "，".join(said)
    by = session.get_offer_by_display()
    return f"{by}提出：{words}。" if words and by else words


def _agreement(proceeding):
    agreement = agreements.of(proceeding)
    if agreement is None:
        return {}
    amount = agreement.amount
    return {
        **_people(proceeding),
        **_number_of_agreement(proceeding),
        **_by_terms(agreement),
        "各用人单位": _several_bound(proceeding, agreement),
        "条款": _terms(agreement.terms),
        "协议金额": money(amount),
        "协议金额大写": in_capitals(amount) if amount is not None else "",
        "履行期限": say_date(agreement.performance_by) if agreement.performance_by else "",
        "履行方式": agreement.get_performance_mode_display(),
        "份数": str(agreement.copies),
        "协议生效日期": say_date(agreement.effective_on) if agreement.effective_on else "",
    }


def _several_bound(proceeding, agreement):
    """Return where each of several respondents signs, [] with one."""
    sides = bound.sides_of(proceeding, agreement)
    if any(side.party.role == Party.Role.APPLICANT for side in sides):
        return []
    return [{"名称": side.party.name} for side in sides if side.bound]


def _by_terms(agreement):
    """Say the instalments, the accounts and what is still owed, where the terms are kept apart."""
    terms = list(agreement.term_rows.prefetch_related("instalments").select_related("debtor"))
    parts = [(term, one) for term in terms for one in term.instalments.all()]
    owed = [(term, one) for term, one in parts if one.state != "performed"]
    sums = [one.amount for _term, one in owed if one.amount is not None]
    return {
        "分期": [_instalment(term, one) for term, one in parts] if len(parts) > len(terms) else [],
        "收款账户": "；".join(term.account for term in terms if term.account),
        "违约责任": "；".join(term.default_clause for term in terms if term.default_clause),
        "未履行内容": "\n".join(_say_owed(term, one) for term, one in owed),
        "未履行金额": money(sum(sums)) if sums else "",
        "未履行金额大写": in_capitals(sum(sums)) if sums else "",
    }


def _instalment(term, one):
    return {
        "期次": f"第{one.ordinal}期",
        "义务人": term.debtor.name,
        "日期": say_date(one.due_on),
        "金额": money(one.amount),
    }


def _say_owed(term, one):
    amount = f"，金额{money(one.amount)}元" if one.amount is not None else ""
    return f"{term.debtor.name}：{term.content}，应于{say_date(one.due_on)}前履行{amount}。"


def _number_of_agreement(proceeding):
    issued = proceeding.papers.filter(paper__kind="agreement", paper__voided_at__isnull=True)
    row = issued.select_related("paper").order_by("-pk").first()
    return {"协议文号": row.paper.number if row else ""}


def _terms(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [{"序号": f"{_ordinal(number)}、", "内容": line} for number, line in enumerate(lines, 1)]


def _ordinal(number):
    """Return a number up to 99 in Chinese: 十二."""
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    tens, ones = divmod(number, 10)
    head = ORDINALS[tens - 1] if tens > 1 else ""
    return f"{head}十{ORDINALS[ones - 1] if ones else ''}"


def _failure(proceeding):
    record = failure.of(proceeding)
    if record is None:
        return {}
    term = (
        Deadline.objects.filter(proceeding=proceeding, rule__rule_id="MED_CLOSE")
        .order_by("-pk")
        .first()
    )
    ended = term.ended_on if term and term.ended_on else timezone.localdate(record.at)
    count = proceeding.sessions.count()
    return {
        "不成原因": record.get_reason_display(),
        "终止日期": say_date(ended),
        "拒签说明": record.refusal_note,
        "调解经过": f"共进行调解{count}次。" if count else "",
    }


def _one(row, name):
    """Return the single record *name* of the proceeding *row*, or None."""
    return getattr(row, name, None)


def _last_session(row):
    """Return the latest session, asked for once however many papers want to know."""
    if not hasattr(row, "_last_session"):
        row._last_session = sessions.last_session(row)
    return row._last_session


def _asks(row):
    return row.accepted_on is None and row.closed_at is None


def _lacks(row):
    if row.accepted_on is not None:
        return False
    examination = acceptance.last_examination(row)
    return bool(examination and examination.missing)


def _accepted(row):
    return row.accepted_on is not None


def _refused(row):
    decision = _one(row, "acceptance")
    return bool(decision and not decision.accepted)


def _waits(row):
    last = _last_session(row)
    adjourned = last is not None and last.result == Session.Result.ADJOURNED
    return row.closed_at is None and row.accepted_on is not None and (last is None or adjourned)


def _met(row):
    return _last_session(row) is not None


def _agreed(row):
    agreement = _one(row, "agreement")
    return agreement is not None and not agreement.declined


def _effective(row):
    return _agreed(row) and row.agreement.effective_on is not None


def _may_be_reviewed(row):
    return _effective(row) and not row.agreement.confirms_relationship


def _failed(row):
    return _one(row, "failure") is not None
