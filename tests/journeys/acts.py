"""What the people of the house write into the forms of the main job. All fictional."""

from datetime import timedelta

from tests import factories

FACTS = "2025年4月到该公司工地做抹灰工，2026年7月起未发工资，多次催要未果。"
EMPLOYER = "锦北样例建筑003有限公司"
MOMENT = "%Y-%m-%dT%H:%M"


def file_case(desk, *, employer=EMPLOYER, office=None, **answers):
    """Fill in the intake form as the applicant tells, file it, and return the case's address."""
    desk.open("/cases/new/")
    desk.write(
        worker_name="韩玉兰",
        worker_phone="15400001234",
        employment_form="contract",
        id_number=factories.make_identity_number(77, female=True),
        address="古塔区××街道演示路18号",
        e_service="yes",
    )
    look_up(desk, employer)
    if office:
        desk.page.locator(".form-check", has_text=office).locator("label").click()
    desk.write(
        **{
            "cause": "wages",
            "occurred_on": "2026-08-20",
            "claims-0-kind": "wage_arrears",
            "claims-0-amount": "1.46万",
            "facts": FACTS,
            "informed": True,
            "processing": True,
            **answers,
        }
    )
    desk.send()
    return desk.page.url.removeprefix(desk.url)


def look_up(desk, employer):
    """Write the employer's name and wait until the register has answered."""
    with desk.page.expect_response("**/cases/new/employer/"):
        desk.write(employer=employer)
        desk.page.keyboard.press("Tab")


def examine(desk):
    desk.take_up("审查申请")
    desk.write(in_scope="yes", complete="yes")
    desk.send()


def consult(desk):
    desk.take_up("征询")
    desk.write(method="phone", answer="agreed", note="单位同意来调解室谈。")
    desk.send()


def accept(desk):
    desk.take_up("受理")
    desk.write(accepted="yes")
    desk.send()


def appoint(desk, mediator):
    desk.take_up("指派")
    desk.write(mediator=str(mediator.pk), reason="熟悉建筑行业的工资争议", conflict_declared=True)
    desk.send()


def settle(desk, *, until):
    """Record a session that ended at the aware moment *until* with a settlement."""
    desk.take_up("调解")
    desk.write(
        started_at=(until - timedelta(hours=2)).strftime(MOMENT),
        ended_at=until.strftime(MOMENT),
        mode="on_site",
        place="调解室一",
        part_0="self",
        identity_0="id_card",
        who_1="钱样例",
        side_1="employer",
        part_1="agent",
        identity_1="authorised",
        recusal_told=True,
        recusal_worker="none",
        recusal_employer="none",
        statement_worker="工资两个月未发。",
        statement_employer="承认欠薪，称工程款未到账。",
        undisputed="2026年7月、8月工资共14600元未发。",
        proposal="单位于9月30日前一次付清工资14600元。",
        offer_by="mediator",
        offer_amount="14600",
        result="settled",
    )
    desk.send()


def sign(desk, *, on, performed_by):
    """Write the agreement, its four elements all on the date *on*."""
    desk.take_up("协议")
    desk.write(
        amount="14600",
        performance_by=performed_by.isoformat(),
        performance_mode="once",
        worker_signed_on=on.isoformat(),
        employer_signed_on=on.isoformat(),
        mediator_signed_on=on.isoformat(),
        sealed_on=on.isoformat(),
    )
    desk.send()


def fail(desk, *, until):
    """Record a session that ended at the aware moment *until* without a settlement."""
    desk.take_up("调解")
    desk.write(
        started_at=(until - timedelta(hours=1)).strftime(MOMENT),
        ended_at=until.strftime(MOMENT),
        mode="on_site",
        place="调解室一",
        part_0="self",
        identity_0="id_card",
        recusal_told=True,
        statement_worker="工资两个月未发。",
        statement_employer="要等工程款到账。",
        result="failed",
    )
    desk.send()


def record_failure(desk, *, on):
    """Write down that nothing was agreed, and that the applicant was told what she may do."""
    desk.take_up("记录调解不成")
    desk.write(
        reason="no_agreement",
        worker_signature="signed",
        employer_signature="signed",
        notice_served_on=on.isoformat(),
        notice_method="handed",
    )
    desk.send()


def choose_arbitration(desk, *, on):
    desk.take_up("申请人选择")
    desk.write(choice="arbitration", on=on.isoformat())
    desk.send()


def leave(desk, case):
    """Record that the applicant goes straight to arbitration."""
    desk.open(case)
    desk.follow("直接申请仲裁")
    desk.write(confirmed=True)
    desk.send()


def receive(desk, *, signed_on):
    desk.take_up("收件")
    desk.write(signed_on=signed_on.isoformat(), complete="yes")
    desk.send()


def docket(desk):
    desk.take_up("立案决定")
    desk.write(docketed="yes")
    desk.send()


def form_panel(desk, arbitrator):
    desk.take_up("组庭")
    desk.write(sole="yes", presiding=str(arbitrator.pk), reason="案情简单", conflict_declared=True)
    desk.send()


def serve_copy(desk):
    desk.take_up("送达副本")
    desk.write(method="direct", receipt="单位前台签收")
    desk.send()


def answer(desk):
    desk.take_up("记录答辩")
    desk.write(received="yes", note="承认欠薪，对数额无异议。")
    desk.send()


def set_hearing(desk):
    desk.take_up("排期")
    desk.write(new_room="第一仲裁庭")
    desk.send()


def hear(desk):
    desk.take_up("开庭")
    desk.write(
        applicant_present="yes",
        respondent_present="yes",
        mediation_tried=True,
        result="concluded",
        record="双方陈述、举证、质证，调解未成。",
    )
    desk.send()


def award(desk, claim):
    desk.take_up("裁决或调解")
    desk.write(**{f"supported_{claim.pk}": "full", "reasons": "工资应足额支付。"})
    desk.send()


def serve(desk, parties, *, on):
    desk.take_up("送达")
    for party in parties:
        desk.write(
            **{
                f"served_on_{party.pk}": on.isoformat(),
                f"method_{party.pk}": "direct",
                f"receipt_{party.pk}": "本人签收",
            }
        )
    desk.send()
