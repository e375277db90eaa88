"""The receipt of service (送达回证), filled from the record of one recipient."""

from disputes.models import Receiver, Service, ServiceMethod
from papers.domain.issuing import say_date

# What stands on the form for each way (practice of the commissions).
WAYS = {
    ServiceMethod.DIRECT: "直接送达",
    ServiceMethod.MAIL: "邮寄送达",
    ServiceMethod.ELECTRONIC: "电子送达",
    ServiceMethod.LEFT: "留置送达",
    ServiceMethod.PUBLIC: "公告送达",
    ServiceMethod.VIA: "委托送达",
    ServiceMethod.PASSED: "转交送达",
    ServiceMethod.SIMPLE: "电话、短信送达",
}


def fill_receipt(proceeding, party):
    """Return {field: text or rows} of the receipt for *party*: of what waits, else of the last.

    Before the paper is handed over the lines to be signed stay empty.
    """
    rows = list(
        Service.objects.filter(proceeding=proceeding, party=party)
        .select_related("document__paper")
        .order_by("pk")
    )
    together = [row for row in rows if row.is_open] or _last_served(rows)
    if not together:
        return {}
    return {"送达文书": [_paper(row) for row in together], **_facts(together[-1])}


def _last_served(rows):
    served = [row for row in rows if row.state == Service.State.SERVED]
    if not served:
        return []
    last = max(served, key=lambda row: (row.served_on, row.pk))
    alike = (last.served_on, last.method)
    return [row for row in served if (row.served_on, row.method) == alike]


def _paper(row):
    number = row.document.paper.number if row.document_id else ""
    return {"名称": str(row.title), "文号": number or "—", "份数": str(row.copies)}


def _facts(row):
    term = ""
    if row.received_on and row.received_on != row.served_on:
        term = f"自{say_date(row.received_on)}起视为送达"
    facts = {
        "送达方式": WAYS[row.method or ServiceMethod.DIRECT],
        "送达人": row.server,
        "收件人地址": row.place or row.party.address,
        "送达时间": say_date(row.served_on) if row.served_on else "",
        "签收人": _taker(row),
        "代收人关系": str(row.get_relation_display()) if row.relation else "",
        "拒收事由": row.reason,
        "见证人": row.witnesses,
        "邮单号": row.receipt if row.method == ServiceMethod.MAIL else "",
        "备注": "；".join(part for part in (term, _noted(row)) if part),
    }
    return {name: text for name, text in facts.items() if text}


def _taker(row):
    own = row.party.name if row.relation == Receiver.SELF else ""
    return (row.received_by or own) if row.served_on else ""


def _noted(row):
    return "" if row.method in ("", ServiceMethod.MAIL) else row.receipt
