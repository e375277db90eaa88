"""What the record knows of a case, by the names of the fields on papers."""

from django.conf import settings
from django.utils import timezone, translation

from disputes.domain.facts import facts_at, hold_back, undisputed
from disputes.domain.forecast import limitation_of
from disputes.domain.refusals import NoOfficeToGoTo
from disputes.domain.routing import commission_of
from disputes.elements import ELEMENTS, print_value
from disputes.models import IdType, Level, Party, TimelineEntry
from disputes.validators import birth_date_of
from law.capitals import in_capitals
from papers.domain.issuing import say_date

MOST_NAMES = 3
# What is said of one worker and is not another's.
OF_ONE_WORKER = (
    "劳动者民族", "劳动者岗位", "劳动者出生日期", "劳动者性别", "劳动者住址", "劳动者电话",
)  # fmt: skip
# What is typed once on a paper and holds for every later one of the case.
KEPT = frozenset({
    "劳动者民族", "劳动者岗位", "劳动者出生日期", "劳动者性别", "劳动者住址", "劳动者电话", "单位住所",
    "单位信用代码", "法定代表人", "法定代表人职务", "单位联系人", "单位电话", "邮政编码", "仲裁机构地址",
    "法院名称", "会员证号", "家庭人口", "月均收入", "证人", "代表人名单",
})  # fmt: skip


def facts_of(proceeding, *, today, party=None):
    """Return {field: text or rows} of *proceeding* on the date *today*, for the recipient *party*.

    Names of two worlds meet here: keys are the fields of papers, in Chinese as they are printed.
    """
    case = proceeding.case
    parties = list(case.parties.order_by("pk"))
    evidence = _travelling(case.evidence.filter(proceeding__ordinal__lte=proceeding.ordinal))
    rows = facts_at(proceeding)
    found = {row.name: print_value(row.name, row.value) for row in rows}
    return {
        **found,
        **_elements(rows),
        **_head(proceeding, parties),
        **_of_worker(parties, found),
        **_of_employer(parties, found),
        **_claims(case),
        **_clocks(proceeding, today),
        **(_recipient(party) if party else {}),
        "当事人": [_sentence(row, found) for row in parties],
        "劳动者名单": _roster(parties),
        "证据": [_piece(number, row) for number, row in enumerate(evidence, 1)],
    }


def money(amount):
    """Return an amount in yuan as papers write it: 14,600.00; "" for none."""
    return "" if amount is None else f"{amount:,.2f}"


def say_span(begin, end):
    """Return the time between two aware moments of one day: 2026年9月10日9时0分至10时30分."""
    begin, end = timezone.localtime(begin), timezone.localtime(end)
    tail = f"{end.hour}时{end.minute:02d}分"
    if end.date() != begin.date():
        tail = f"{say_date(end.date())}{tail}"
    return f"{say_moment(begin)}至{tail}"


def say_moment(moment):
    """Return an aware moment as papers write it: 2026年9月10日9时00分."""
    moment = timezone.localtime(moment)
    return f"{say_date(moment.date())}{moment.hour}时{moment.minute:02d}分"


def _head(proceeding, parties):
    case = proceeding.case
    return {
        "演示标记": "演示数据" if settings.DEMO else "",
        "案号": proceeding.number,
        "事项号": case.matter_number,
        "案由": case.get_cause_display(),
        "申请人": _names(parties, Party.Role.APPLICANT, case.worker_count),
        "被申请人": _names(parties, Party.Role.RESPONDENT, case.worker_count),
        "申请日期": say_date(case.received_on),
        "受理日期": _day(proceeding.accepted_on),
        "发生日期": _day(case.occurred_on),
        "事实与理由": case.facts,
        "劳动者人数": str(case.worker_count),
        "承办人": str(proceeding.handler or proceeding.handler_name or ""),
        "结案日期": _day(proceeding.closed_at and timezone.localdate(proceeding.closed_at)),
        "结案方式": proceeding.get_outcome_display() if proceeding.outcome else "",
        "处理结果": proceeding.get_outcome_display() if proceeding.outcome else "",
        "挽回金额": money(proceeding.settled_amount),
        "仲裁机构": _commission(proceeding),
        "副本数": str(sum(row.role == Party.Role.RESPONDENT for row in parties) or 1),
        "保管期限": "五年",
    }


def _elements(rows):
    """Return the elements as rows of a paper, and those that nobody disputes as one sentence.

    A concession stands on no paper, not even on one made where it was granted.
    """
    found = {row.name: hold_back(row, ()) for row in rows}
    mine = [found[name] for name in ELEMENTS if name in found]
    agreed = "；".join(
        f"{_element(row)}：{print_value(row.name, row.value)}" for row in undisputed(mine)
    )
    return {
        "要素": [
            {
                "要素": _element(row),
                "陈述": print_value(row.name, row.value),
                "陈述方": row.get_stated_by_display() if row.stated_by else "",
                "对方意见": _answer(row),
            }
            for row in mine
        ],
        **({"无争议事实": f"{agreed}。"} if agreed else {}),
    }


def _element(row):
    return row.name.removeprefix("劳动者")


def _answer(row):
    said = row.get_answer_display() if row.answer != row.Answer.OPEN else ""
    return "：".join(word for word in (said, row.answer_note) if word)


def _names(parties, role, worker_count):
    names = [row.name for row in parties if row.role == role]
    workers = any(row.role == role and row.kind == Party.Kind.WORKER for row in parties)
    count = max(len(names), worker_count if workers else 0)
    said = "、".join(names[:MOST_NAMES])
    return f"{said}等{count}人" if count > len(names[:MOST_NAMES]) and names else said


def _of_worker(parties, found):
    row = next((row for row in parties if row.kind == Party.Kind.WORKER), None)
    if row is None:
        return {}
    return {
        "劳动者姓名": row.name,
        "劳动者性别": row.get_sex_display() if row.sex else found.get("劳动者性别", ""),
        "劳动者出生日期": _born(row) or found.get("劳动者出生日期", ""),
        "劳动者证件号码": row.id_number,
        "劳动者住址": row.address or found.get("劳动者住址", ""),
        "劳动者电话": row.phone or found.get("劳动者电话", ""),
    }


def _of_employer(parties, found):
    row = next((row for row in parties if row.kind == Party.Kind.EMPLOYER), None)
    if row is None:
        return {}
    return {
        "单位名称": row.name,
        "单位信用代码": row.credit_code or found.get("单位信用代码", ""),
        "单位住所": row.address or found.get("单位住所", ""),
        "单位联系人": row.contact_name or found.get("单位联系人", ""),
        "单位电话": row.phone or found.get("单位电话", ""),
    }


def _born(row):
    if row.id_type not in ("", IdType.RESIDENT):
        return ""
    return _day(birth_date_of(row.id_number))


def _recipient(party):
    return {
        "收件人": party.name,
        "收件人地址": party.address,
        "收件人电话": party.phone,
    }


def facts_of_worker(party, common):
    """Return the fields of one worker of a roster, as recipient and as the worker of the paper.

    *common* are the fields of the case: what it says of the first worker alone is not hers.
    """
    with translation.override("zh-hans"):
        return {**dict.fromkeys(OF_ONE_WORKER, ""), **_of_worker([party], {}), **_recipient(party)}


def _sentence(row, found):
    """Say of a party what stands in the head of a paper: 女，1990年1月1日出生，…."""
    if row.kind == Party.Kind.WORKER:
        said = [
            row.get_sex_display() if row.sex else "",
            _after("", _born(row), "出生"),
            _after("公民身份号码", row.id_number),
            _after("住", row.address),
            _after("电话", row.phone),
        ]
    else:
        said = [
            _after("统一社会信用代码", row.credit_code),
            _after("住所", row.address or found.get("单位住所")),
            _after("法定代表人", found.get("法定代表人")),
            _after("电话", row.phone),
        ]
    words = "，".join(word for word in said if word)
    return {"称谓": row.get_role_display(), "名称": row.name, "情况": words or "其他情况未提供"}


def _after(label, value, tail=""):
    return f"{label}{value}{tail}" if value else ""


def _claims(case):
    rows = list(case.claims.of_applicant().order_by("pk"))
    amounts = [row.amount for row in rows if row.amount is not None]
    total = sum(amounts) if amounts else None
    return {
        "请求": [
            {
                "序号": str(number),
                "事项": row.get_kind_display(),
                "期间": say_period(row),
                "金额": money(row.amount),
                "计算": row.detail,
            }
            for number, row in enumerate(rows, 1)
        ],
        "请求合计": money(total),
        "请求合计大写": in_capitals(total) if total is not None else "",
    }


def say_period(row):
    """Return from when to when the claim of *row* reaches, "" when it does not say."""
    if not (row.period_from or row.period_to):
        return ""
    return f"{_day(row.period_from)}至{_day(row.period_to)}"


def _clocks(proceeding, today):
    rows = list(proceeding.case.deadlines.select_related("rule"))
    mine = {row.rule.rule_id: row for row in rows if row.proceeding_id == proceeding.pk}
    pending = next((row for row in rows if row.rule.rule_id == "LIMITATION"), None)
    limitation = limitation_of(proceeding.case, pending, today=today)
    return {
        "调解期限": _due(mine.get("MED_CLOSE")),
        "审查截止日": _due(mine.get("REVIEW_APPLY")),
        "确认截止日": _due(mine.get("COURT_CONFIRM")),
        "时效届满日": _day(limitation.due.legal) if limitation else "",
    }


def _due(deadline):
    return say_date(deadline.due_legal) if deadline else ""


def _roster(parties):
    workers = [row for row in parties if row.kind == Party.Kind.WORKER]
    return [
        {"序号": str(number), "姓名": row.name, "证件号码": row.id_number, "签名": "　"}
        for number, row in enumerate(workers, 1)
    ]


def _travelling(materials):
    """Return those of *materials* that may stand on a paper: none that was given in confidence."""
    reach = (TimelineEntry.Reach.ALL, TimelineEntry.Reach.ONWARD)
    return list(materials.filter(reach__in=reach, level__lte=Level.CASE))


def _piece(number, row):
    return {
        "序号": str(number),
        "名称": row.name,
        "来源": row.source,
        "目的": row.purpose,
        "页数": str(row.pages or ""),
        "日期": _day(timezone.localdate(row.added_at)),
    }


def _commission(proceeding):
    try:
        return commission_of(proceeding.office).name
    except NoOfficeToGoTo:
        return ""


def _day(day):
    return say_date(day) if day else ""
