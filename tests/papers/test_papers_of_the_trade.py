"""The papers that law and trade know, one by one, and which kind of the house is each of them."""

import pytest

from arbitration.domain import review_papers
from disputes.papers import ANYWHERE, sources_at
from legal_aid.domain import aid_papers
from papers.domain.rendering import fields_of
from papers.layouts import KINDS, built_in

WORKER = "劳动者姓名 劳动者性别 劳动者出生日期 劳动者证件号码 劳动者住址 劳动者电话"
EMPLOYER = "单位名称 单位信用代码 单位住所 法定代表人 法定代表人职务 单位电话"

# What mediation and arbitration need (调解仲裁法, 企业劳动争议协商调解规定, 办案规则): the paper,
# the kinds that are it, and what each of these has to say.
BY_LAW = (
    ("调解申请书", "application", f"{WORKER} {EMPLOYER} 请求 事实与理由"),
    ("口头申请笔录", "oral_application", "当事人 请求 事实与理由 申请日期 记录人"),
    ("征询同意书", "consent_inquiry", "收件人 请求"),
    ("受理通知书", "acceptance_notice", "收件人 受理日期 调解期限 调解员"),
    ("不予受理通知书", "refusal_notice", "收件人 不予受理理由 仲裁机构 时效届满日"),
    ("调解通知", "session_notice", "收件人 调解时间 调解地点 视频地址 调解员"),
    ("调解笔录", "session_record", "到场人 回避回答 双方陈述 无争议事实 争议焦点 调解方案 调解结果 拒签说明"),
    ("延期同意书", "extension_consent", "调解期限 延长至"),
    ("调解协议书", "agreement", "当事人 请求 条款 分期 履行期限 履行方式 份数 协议金额大写 收款账户"),
    ("调解不成记录", "failure_record", "不成原因 终止日期 拒签说明"),
    ("调解不成告知书", "failure_notice", "不成原因 终止日期 仲裁机构 仲裁机构地址 时效届满日"),
    ("督促履行函", "performance_reminder", "条款 未履行内容 督促履行期限"),
    ("仲裁审查申请书（共同）", "review_application", "当事人 条款 协议生效日期 审查截止日 仲裁机构"),
    ("司法确认申请书（共同）", "confirmation_application", "当事人 条款 协议生效日期 确认截止日 法院名称"),
    ("支付令申请书", "payment_order", f"{WORKER} {EMPLOYER} 未履行金额 未履行金额大写 法院名称"),
    (
        "仲裁申请书", "arbitration_application",
        f"{WORKER} {EMPLOYER} 请求 事实与理由 证据 证人 仲裁机构 副本数",
    ),
    ("口头仲裁申请", "oral_arbitration", "当事人 请求 事实与理由 记录人 证人"),
    ("代表人推举书", "representatives", "代表人名单 劳动者名单"),
    ("授权委托书", "power_of_attorney", "受托人 受托人证件号码 代理权限"),
    ("法律援助申请表", "aid_application", f"{WORKER} 援助案情 援助方式 审批决定"),
    ("法律援助决定书", "aid_decision aid_refusal", "援助编号"),
    ("法律援助指派函", "aid_assignment", "律师事务所 援助律师"),
    ("一函两书", "letter_hint letter_opinion letter_proposal", "监督事实"),
    ("联席会议议题单", "meeting_topics", "议题 议题类型 拟请支持事项"),
    ("联席会议纪要", "meeting_minutes", "出席单位 议定事项 不同意见"),
    ("联席会议督办单", "meeting_supervision", "责任单位 督办期限 督办事项"),
    ("专项资金申请", "fund_application", "资金事由 开支标准 资金金额 收款人"),
    ("专项资金拨付单", "fund_payment", "资金金额 收款人"),
    ("送达回证", "service_receipt", "收件人 送达方式 送达文书 送达时间 拒收事由 邮单号 送达人"),
)  # fmt: skip

# What the trade has forms for, number by number.
BY_TRADE = (
    ("1 调解申请书", "application oral_application", "请求 事实与理由"),
    ("1 代理人、声明与同意", "application", "受托人 受托人电话 代理权限 申请人的同意 证据"),
    ("2 集体附表", "roster_annex", "代表人名单 名册 请求合计"),
    ("3 受理、不予受理通知书", "acceptance_notice refusal_notice", "收件人 案号 案由 申请日期"),
    ("3 补正材料", "correction_notice", "补正材料 补正期限"),
    ("3 仲裁受理、不予受理通知书", "docket_notice docket_refusal", "收件人 案号 案由"),
    ("3 应诉通知书", "response_notice", "受理日期 请求"),
    ("4 征询意见", "consent_inquiry", "收件人 案由 请求"),
    ("4 调解通知书", "session_notice", "调解时间 调解地点 调解员"),
    ("5 调解笔录", "session_record", "案号 次数 调解起止 调解地点 调解方式 主持人 记录人 到场人"),
    ("6 调解协议书", "agreement", "文号 放弃事项 劳动关系处理 违约责任 协议金额"),
    ("7 终止调解通知书", "failure_notice", "不成原因 终止日期 仲裁机构 时效届满日"),
    ("8 仲裁申请书", "arbitration_application", "请求 证据 要素 无争议事实 副本数"),
    ("9 立案（组庭）审批表", "docket_approval", "案号 申请人 被申请人 事实与理由 承办意见 组庭人员"),
    ("9 组庭通知书", "panel_notice", "组庭人员"),
    ("10 开庭通知书", "hearing_notice", "开庭时间 开庭地点 网上开庭地址 组庭人员 延期申请截止日"),
    ("11 答辩书", "defence", "请求 答辩理由 证据 收到副本日期"),
    ("12 送达回证", "service_receipt", "案号 收件人 收件人地址 送达文书 送达方式 代收人关系 备注"),
    ("13 法律援助申请审批表", "aid_application", "文化程度 身体状况 人群类别 家庭人口 月均收入 复核意见"),
    ("13 异议", "aid_objection", "异议结果 异议理由"),
    ("14 律师审查意见", "lawyer_opinion", "执业证号 请求 律师意见 时效判断 风险提示 律师建议"),
    ("15 结案报告", "aid_closing", "工作日志 援助结果 援助挽回金额 受援人评价 质量评查"),
    ("15 承办单位结案", "closing_report", "结案方式 挽回金额 结案说明"),
    ("16 联席会议通知", "meeting_notice", "会议时间 会议地点 参会单位 议题 回复期限"),
    ("16 签到表", "meeting_attendance", "签到"),
    ("16 议题、纪要、督办", "meeting_topics meeting_minutes meeting_supervision", "案号"),
    ("17 提示函", "letter_hint", "监督事实 整改要求 回复期限 抄送"),
    ("17 意见书", "letter_opinion", "监督员 违反条款 职工人数 整改要求 回复期限"),
    ("17 建议书", "letter_proposal", "意见书文号 建议处理 受文机关"),
    ("18 12351工单", "hotline_order", "来电时间 诉求类别 办结时限 办理结果 回访情况 事项号"),
    ("19 线索、预警报送", "clue_report", "报送人 发生日期 单位名称 劳动者人数 是否聚集 采取措施"),
    ("19 重大争议呈报表", "major_report", "事实与理由 风险研判 包案领导 续报"),
    ("20 移送、委派、反馈函", "transfer_letter", "移送对象 移送理由 移送材料 回复期限 争议焦点"),
    ("21 专项资金申请表", "fund_application", "案号 资金事由 开支标准 资金金额大写 收款人"),
    ("22 授权委托书", "power_of_attorney", "受托人 代理权限"),
    ("22 法定代表人身份证明", "legal_representative", "法定代表人 法定代表人职务"),
    ("22 送达地址确认书", "address_confirmation", "收件人地址 邮政编码 电子送达地址"),
    ("22 回避申请书", "recusal_application", "回避对象 回避理由"),
    ("22 延期申请", "postponement", "原定时间 申请延期理由"),
    ("22 撤回申请", "withdrawal", "撤回理由"),
    ("22 证据收据", "evidence_receipt", "证据"),
    ("22 阅卷登记", "reading_log", "阅卷人 阅卷人身份 阅卷日期 阅卷范围"),
    ("22 卷宗封面、卷内目录", "file_cover", "案号 案由 处理结果 归档日期 页数 保管期限 卷内目录"),
    ("裁决书（终局、非终局分别制作）", "award_paper final_award", "裁决理由 组庭人员"),
    ("仲裁调解书", "statement_paper", "裁决事项"),
)  # fmt: skip


@pytest.mark.parametrize("paper", [*BY_LAW, *BY_TRADE], ids=lambda row: row[0])
def test_the_paper_exists_and_says_what_it_has_to_say(paper):
    _name, codes, words = paper
    for code in codes.split():
        assert code in KINDS
        assert set(words.split()) - fields_of(built_in(code)) == set()


def test_every_kind_is_offered_somewhere():
    offered = set().union(*(sources_at(tier) for tier in ANYWHERE))
    offered |= set(aid_papers.SOURCES) | set(aid_papers.OF_PAYMENT)
    offered |= {code for codes in review_papers.KINDS.values() for code in codes}
    # The file of legal aid and the sheet of a month are made by buttons of their own.
    assert set(KINDS) - offered == {"aid_cover", "subsidy_sheet"}
