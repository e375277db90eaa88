"""What the list of proof and the record of its examination say, by the fields of the papers."""

from disputes.domain.proof import number_pages
from disputes.models import ProofOpinion


def lists_of(proceeding):
    """Return {field: rows} for the list of proof: both sides, with their running pages."""
    rows = proceeding.proof_items.select_related("party").order_by("party", "number")
    return {"举证": [_line(row) for row in number_pages(rows)]}


def examined(proceeding):
    """Return {field: rows} for the record of examination: what each side says of the other's."""
    rows = ProofOpinion.objects.filter(item__proceeding=proceeding)
    rows = rows.select_related("item__party", "party")
    rows = rows.order_by("item__party", "item__number", "pk")
    return {"质证": [_opinion(row) for row in rows]}


def _line(row):
    return {
        "提交方": row.party.get_role_display(),
        "序号": str(row.number),
        "名称": row.name,
        "目的": row.purpose,
        "页次": row.span,
        "原件": "已核对" if row.is_original else "复印件",
        "送交": _day(row.exchanged_on),
    }


def _opinion(row):
    return {
        "证据": f"{row.item.party.get_role_display()}证据{row.item.number}　{row.item.name}",
        "质证方": row.party.get_role_display(),
        "意见": row.get_opinion_display(),
        "异议": "、".join(str(word) for word in row.doubts),
        "理由": row.reason,
        "日期": _day(row.said_on),
    }


def _day(day):
    return f"{day.month}月{day.day}日" if day else ""
