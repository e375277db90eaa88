"""What single papers ask beyond the case itself: its roster, and what the applicant agreed to."""

from disputes.domain.paper_facts import money, say_period
from disputes.models import Consent, Election, Member, Party
from law.capitals import in_capitals

Purpose = Consent.Purpose
# (purpose, said when given, said when refused); what nobody asked is not said.
AGREED = (
    (Purpose.INFORMED, "本人已阅读权利义务告知", ""),
    (Purpose.PROCESSING, "同意处理本人的个人信息", "不同意处理本人的个人信息"),
)
# To whom materials go, each agreed to by itself (个人信息保护法 article 23).
RECIPIENTS = {
    "arbitration_commission": "仲裁机构",
    "court": "法院",
    "aid_centre": "法律援助机构",
    "labour_bureau": "人力资源社会保障部门",
    "justice_bureau": "司法行政部门",
}


def of_roster(proceeding):
    """Return the fields that the roster of the case of *proceeding* says, {} without one.

    劳动人事争议仲裁办案规则 articles 5 and 62: the workers are named, each with her claim.
    """
    rows = list(_members(proceeding.case))
    if not rows:
        return {}
    total = sum(row.amount for row in rows)
    return {
        "名册": [_line(row) for row in rows],
        "劳动者名单": [
            {
                "序号": str(row.number),
                "姓名": row.party.name,
                "证件号码": row.party.id_number,
                "签名": "　",
            }
            for row in rows
        ],
        "代表人名单": "、".join(_elected(proceeding.case)),
        "劳动者人数": str(len(rows)),
        "请求合计": money(total),
        "请求合计大写": in_capitals(total),
    }


def of_consents(proceeding):
    """Return what the applicant agreed to when she came, as one sentence of her application."""
    applicants = Party.objects.filter(case=proceeding.case, role=Party.Role.APPLICANT)
    rows = Consent.objects.filter(party__in=applicants)
    given = {(row.purpose, row.recipient): row.given for row in rows}
    asked = [row for row in AGREED if (row[0], "") in given]
    said = [yes if given[purpose, ""] else no for purpose, yes, no in asked]
    words = "，".join(word for word in [*said, *_shared(given)] if word)
    return {"申请人的同意": f"{words}。" if words else ""}


def _shared(given):
    """Return in words to whom materials may go and to whom not."""
    words = {True: "同意将材料提供给", False: "不同意将材料提供给"}
    found = {True: [], False: []}
    for recipient, name in RECIPIENTS.items():
        answer = given.get((Purpose.SHARING, recipient))
        if answer is not None:
            found[answer].append(name)
    return [words[answer] + "、".join(names) for answer, names in found.items() if names]


def _members(case):
    rows = Member.objects.filter(case=case, left_on__isnull=True)
    return rows.select_related("party").order_by("number")


def _line(row):
    return {
        "序号": str(row.number),
        "姓名": row.party.name,
        "证件号码": row.party.id_number,
        "电话": row.party.phone,
        "岗位": row.post,
        "期间": say_period(row),
        "金额": money(row.amount),
        "签名": "　",
    }


def _elected(case):
    election = Election.objects.filter(case=case).order_by("held_on", "pk").last()
    if election is None:
        return []
    return [row.party.name for row in election.members.select_related("party").order_by("number")]
