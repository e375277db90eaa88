"""Papers of the legal-aid centre and of whoever closes a file."""

from papers.layouts.endings import Seal, Signatures
from papers.layouts.kind import Kind
from papers.layouts.page import Facts, Line, Rows, Title, When
from papers.layouts.parts import CASE_LINE, CLAIMS, PARTIES

KINDS = (
    Kind(
        "aid_assignment", "法律援助指派函", "派函",
        parts=(
            Line("{{ 律师事务所 }}："),
            "受援人{{ 劳动者姓名 }}与{{ 单位名称 }}{{ 案由 }}争议一案，本中心决定给予法律援助，"
            "现指派你单位{{ 援助律师 }}承办，援助方式为{{ 援助方式 }}。",
            "承办人员与本案有利害冲突的，应当立即告知本中心。案件办结后三十日内提交结案材料。"
            "不得向受援人收取任何费用。",
            Seal(),
        ),
    ),
    Kind(
        "lawyer_opinion", "律师审查意见书", "律", numbered=False,
        optional={"风险提示", "时效判断"},
        parts=(
            CASE_LINE,
            "承办律师：{{ 援助律师 }}（执业证号：{{ 执业证号 }}）。"
            "律师声明：与本案当事人没有利害冲突。",
            Title("请求事项"), CLAIMS,
            Title("审查意见"), "{{ 律师意见 }}",
            When("时效判断", (Title("时效"), "{{ 时效判断 }}")),
            When("风险提示", (Title("风险提示"), "{{ 风险提示 }}")),
            Title("建议"), "{{ 律师建议 }}",
            Signatures(("律师（签名）",)),
        ),
    ),
    Kind(
        "closing_report", "结案报告", "结", numbered=False,
        optional={"挽回金额", "办理过程", "归档说明"},
        parts=(
            CASE_LINE, PARTIES,
            Facts((
                ("受理日期", "{{ 受理日期 }}", "结案日期", "{{ 结案日期 }}"),
                ("结案方式", "{{ 结案方式 }}", "挽回金额", "{{ 挽回金额 }}"),
            )),
            When("办理过程", (Title("办理过程"), "{{ 办理过程 }}")),
            Title("结案说明"), "{{ 结案说明 }}",
            When("归档说明", ("归档：{{ 归档说明 }}",)),
            Signatures(("承办人（签名）", "审批人（签名）")),
        ),
    ),
    Kind(
        "file_cover", "卷宗封面", "卷", numbered=False,
        optional={"处理结果", "结案日期", "受理日期", "归档日期", "页数", "承办人", "归档说明"},
        parts=(
            Facts((
                ("案　　号", "{{ 案号 }}"), ("事 项 号", "{{ 事项号 }}"),
                ("案　　由", "{{ 案由 }}"),
                ("申 请 人", "{{ 申请人 }}"), ("被申请人", "{{ 被申请人 }}"),
                ("承 办 人", "{{ 承办人 }}"),
                ("受理日期", "{{ 受理日期 }}", "结案日期", "{{ 结案日期 }}"),
                ("处理结果", "{{ 处理结果 }}"),
                ("归档日期", "{{ 归档日期 }}", "页　　数", "{{ 页数 }}"),
                ("保管期限", "{{ 保管期限 }}"),
            )),
            Title("卷内目录"),
            Rows("卷内目录", (
                ("序号", "{{ 项.序号 }}", 16), ("材料名称", "{{ 项.名称 }}", 76),
                ("日期", "{{ 项.日期 }}", 40), ("页次", "{{ 项.页次 }}", 24),
            )),
            When("归档说明", ("{{ 归档说明 }}",)),
        ),
    ),
)  # fmt: skip
