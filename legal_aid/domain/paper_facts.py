"""What legal aid knows, by the names of the fields on its papers."""

from django.utils import timezone

from disputes.domain.paper_facts import facts_of, money
from disputes.models import Party
from law.capitals import in_capitals
from legal_aid.domain.clocks import clocks_of
from legal_aid.domain.representation import hours_of
from legal_aid.models import Review
from papers.domain.issuing import say_date


def of_application(application, *, today, engagement=None):
    """Return {field: text or rows} of *application* on the date *today*.

    *engagement* is the lawyer's, if one has the matter.
    """
    case, worker = application.case, application.applicant
    proceeding = case.proceedings.order_by("-ordinal").first()
    known = facts_of(proceeding, today=today, party=worker) if proceeding else {}
    return {
        **known,
        "劳动者姓名": worker.name,
        "劳动者证件号码": worker.id_number,
        "劳动者电话": worker.phone,
        "劳动者住址": worker.address,
        "单位名称": _employers(case),
        "收件人": worker.name,
        **_asked(application),
        **_decided(application),
        **(of_engagement(engagement) if engagement else {}),
    }


def _employers(case):
    names = case.parties.filter(kind=Party.Kind.EMPLOYER).values_list("name", flat=True)
    return "、".join(names.order_by("pk"))


def _asked(row):
    return {
        "援助编号": row.number,
        "援助申请日期": say_date(row.received_on),
        "援助决定期限": say_date(clocks_of(row)[0].due_legal),
        "援助方式": row.get_help_kind_display(),
        "援助案情": row.facts,
        "法律地位": row.get_position_display(),
        "事项状态": row.get_stage_display(),
        "文化程度": row.education,
        "身体状况": row.health,
        "人群类别": "、".join(str(row.Group(group).label) for group in row.groups),
        "曾经申请": "是" if row.applied_before else "否",
        "会员证号": row.member_number,
        "家庭人口": str(row.household or ""),
        "月均收入": money(row.income),
        "免予核查情形": row.get_exemption_display(),
        "经济困难证明": row.proof,
    }


def _decided(row):
    return {
        "初审意见": row.opinion,
        "复核意见": row.recheck,
        "审批决定": row.get_decision_display(),
        "审批日期": _day(row.decided_on),
        "审批理由": row.reasons,
        "不予援助理由": row.reasons,
        "异议日期": _day(row.objected_on),
        "异议结果": row.get_objection_result_display(),
        "异议理由": row.review_reasons,
    }


def of_engagement(engagement):
    """Return what papers say of the lawyer of *engagement*, and of how the matter ended."""
    lawyer, closing = engagement.lawyer, getattr(engagement, "closing", None)
    known = {
        "援助律师": str(lawyer.user),
        "律师事务所": str(lawyer.firm or lawyer.centre.name),
        "执业证号": lawyer.licence_number,
        "律师电话": lawyer.firm.phone if lawyer.firm_id else "",
        "承办日期": _day(engagement.accepted_at and timezone.localdate(engagement.accepted_at)),
    }
    return {**known, **_closed(engagement, closing)} if closing else known


def _closed(engagement, closing):
    return {
        "援助结案日期": say_date(timezone.localdate(closing.closed_at)),
        "援助结果": closing.get_outcome_display(),
        "援助挽回金额": money(closing.recovered),
        "援助结案报告": closing.report,
        "受援人评价": f"{closing.rating} 分（满分 5 分）" if closing.rating else "",
        "质量评查": f"{closing.quality} 分" if closing.checked_at else "",
        "工作小时": str(hours_of(engagement)),
        "工作日志": [
            {
                "日期": say_date(row.on),
                "工作": row.get_kind_display(),
                "内容": row.text,
                "小时": str(row.hours),
            }
            for row in engagement.work.all()
        ],
    }


def of_opinion(review):
    """Return what papers say of the opinion in *review*; its bottom line stands on no paper."""
    lawyer = getattr(review.lawyer, "lawyer", None)
    said = [_say_claim(row) for row in review.claim_opinions.select_related("claim")]
    return {
        "援助律师": str(review.lawyer),
        "执业证号": lawyer.licence_number if lawyer else "",
        "律师意见": "\n".join([review.facts, review.opinion, *said]),
        "风险提示": review.get_risk_display(),
        "律师建议": review.get_recommendation_display(),
    }


def _say_claim(row):
    span = f"可支持{money(row.least)}至{money(row.most)}元" if row.least is not None else ""
    said = [
        f"依据{row.basis}",
        f"证据{row.get_strength_display()}",
        span,
        f"时效：{row.get_limitation_display()}",
        f"风险：{row.risk}" if row.risk else "",
    ]
    return f"{row.claim}：{'；'.join(word for word in said if word)}。"


def last_opinion(case):
    """Return the latest ``Review`` of *case* that is in, or None."""
    rows = Review.objects.filter(proceeding__case=case, submitted_at__isnull=False)
    return rows.order_by("-submitted_at").first()


def of_payment(payment, *, most=None):
    """Return what papers say of *payment*; *most* is what the standard allows, in yuan."""
    matter = payment.engagement
    return {
        "案号": matter.application.number if matter else payment.item,
        "资金事由": f"{payment.get_kind_display()}　{payment.item}".strip(),
        "开支标准": f"每件不超过{money(most)}元" if most is not None else "",
        "资金金额": money(payment.amount),
        "资金金额大写": in_capitals(payment.amount),
        "收款人": payment.receiver,
    }


def of_month(payments, *, month):
    """Return what the sheet of subsidies says of the *payments* of the month of the date *month*.

    The rows are annotated by ``with_matters``. It names matters by their numbers and no party.
    """
    total = sum(row.amount for row in payments)
    return {
        "发放月份": f"{month.year}年{month.month}月",
        "发放笔数": str(len(payments)),
        "发放合计": money(total),
        "发放合计大写": in_capitals(total),
        "发放明细": [
            {
                "序号": str(number),
                "事由": _purpose(row),
                "类别": row.get_kind_display(),
                "收款人": row.receiver,
                "金额": money(row.amount),
                "凭证": row.voucher,
            }
            for number, row in enumerate(payments, 1)
        ],
    }


def _purpose(payment):
    if not payment.engagement_id:
        return payment.item
    return payment.engagement.application.number if payment.names_matter else "（不公开）"


def _day(day):
    return say_date(day) if day else ""
