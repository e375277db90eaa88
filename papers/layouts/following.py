"""Papers with which the parties go on after mediation."""

from papers.layouts.endings import Seal, Sign, Signatures, Signing
from papers.layouts.kind import Kind
from papers.layouts.page import Facts, Line, Title, When
from papers.layouts.parts import (
    CASE_LINE,
    CLAIMS,
    ELEMENTS,
    EMPLOYER,
    EVIDENCE,
    OF_EMPLOYER,
    PARTIES,
    TERMS,
    TOTAL,
    WORKER,
)

KINDS = (
    Kind(
        "review_application", "调解协议仲裁审查申请书", "审", issuer=False, numbered=False,
        optional={"协议文号"},
        parts=(
            PARTIES,
            Title("申请事项"),
            "请求对双方当事人在{{ 机构名称 }}主持下达成的调解协议进行审查，并制作调解书。",
            Title("事实与理由"),
            "双方因{{ 案由 }}发生争议，经{{ 机构名称 }}调解，自愿达成调解协议"
            "（文号：{{ 协议文号 }}），协议于{{ 协议生效日期 }}生效，主要内容如下：", TERMS,
            "双方自协议生效之日起十五日内（至{{ 审查截止日 }}止）共同提出本申请，"
            "并承诺：协议出于自愿，没有恶意串通、规避法律的行为；"
            "协议内容不损害国家利益、社会公共利益和他人合法权益；未就本协议申请司法确认。",
            Line("　　此致"), Line("{{ 仲裁机构 }}"),
            Line("附：调解协议书原件　份；双方身份证明　份；调解组织的证明材料　份"),
            Signing((Sign("申请人（签名或盖章）", "申请人（签名或盖章）"),)),
        ),
    ),
    Kind(
        "confirmation_application", "司法确认申请书", "确", issuer=False, numbered=False,
        optional={"协议文号"},
        parts=(
            PARTIES,
            Title("申请事项"), "请求确认双方于{{ 协议生效日期 }}生效的调解协议（文号：{{ 协议文号 }}）有效。",
            Title("事实与理由"),
            "双方因{{ 案由 }}发生争议，经{{ 机构名称 }}调解，自愿达成调解协议，主要内容如下：", TERMS,
            "双方自协议生效之日起三十日内（至{{ 确认截止日 }}止）共同提出本申请，并承诺："
            "协议出于解决纠纷的目的自愿达成，没有恶意串通、规避法律的行为；"
            "如因该协议内容给他人造成损害的，愿意承担相应的法律责任。",
            Line("　　此致"), Line("{{ 法院名称 }}"),
            Line("附：调解协议书、双方身份证明及联系方式、与协议有关的财产权利证明等材料"),
            Signing((Sign("申请人（签名或盖章）", "申请人（签名或盖章）"),)),
        ),
    ),
    Kind(
        "payment_order", "支付令申请书", "支", issuer=False, numbered=False,
        optional=OF_EMPLOYER | {"劳动者民族", "劳动者岗位", "劳动者性别", "劳动者出生日期", "协议文号"},
        parts=(
            Title("申请人（劳动者）"), WORKER, Title("被申请人（用人单位）"), EMPLOYER,
            Title("请求事项"),
            "请求向被申请人发出支付令，督促其给付{{ 支付事项 }}，"
            "共计人民币{{ 未履行金额 }}元（大写：{{ 未履行金额大写 }}）。",
            Title("事实与理由"),
            "双方经{{ 机构名称 }}调解达成协议（文号：{{ 协议文号 }}），于{{ 协议生效日期 }}生效：", TERMS,
            "被申请人至今未履行：{{ 未履行内容 }}",
            "依照《中华人民共和国劳动争议调解仲裁法》第十六条，特提出申请。",
            Line("　　此致"), Line("{{ 法院名称 }}"), Line("附：调解协议书　份"),
            Signatures(("申请人（签名）",)),
        ),
    ),
    Kind(
        "arbitration_application", "劳动人事争议仲裁申请书", "仲申", issuer=False, numbered=False,
        optional=OF_EMPLOYER | {"劳动者民族", "劳动者岗位", "证据", "证人", "请求合计", "请求合计大写",
                                "无争议事实", "要素"},
        parts=(
            Title("申请人、被申请人"), Line("劳动者："), WORKER, Line("用人单位："), EMPLOYER,
            Facts((("送达地址", "{{ 劳动者住址 }}"),)),
            Title("仲裁请求"), CLAIMS, TOTAL,
            Title("事实与理由"), "{{ 事实与理由 }}",
            When("无争议事实", ("双方没有争议的事实：{{ 无争议事实 }}",)),
            ELEMENTS,
            When("证据", (Title("证据和证据来源"), EVIDENCE)),
            When("证人", (Title("证人姓名和住所"), "{{ 证人 }}")),
            Line("　　此致"), Line("{{ 仲裁机构 }}"),
            Line("附：申请书副本{{ 副本数 }}份"),
            Signatures(("申请人（签名、盖章或者捺印）",)),
        ),
    ),
    Kind(
        "transfer_letter", "案件移送（委派、反馈）函", "移",
        optional={"争议焦点", "移送材料"},
        parts=(
            Line("{{ 移送对象 }}："), CASE_LINE, PARTIES,
            "现将本案移送（委派、反馈）你单位，依据和理由：{{ 移送理由 }}",
            When("争议焦点", ("争议焦点：{{ 争议焦点 }}",)),
            When("移送材料", ("随函移送材料：{{ 移送材料 }}",)),
            "当事人已同意向你单位提供上述材料。调解中当事人的让步和保密陈述不在移送之列。"
            "请于{{ 回复期限 }}前函复接收情况和办理结果。",
            Line("联系人及电话：{{ 联系人 }}"), Seal(),
        ),
    ),
)  # fmt: skip
