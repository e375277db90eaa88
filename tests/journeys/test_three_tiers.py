"""One dispute over all three tiers, with a human at every page of it."""

from datetime import datetime, timedelta

from django.utils import timezone

from arbitration.models import Hearing
from disputes.models import Case, Outcome
from tests.disputes.test_intake_page import PDF
from tests.factories import SHANGHAI
from tests.journeys import acts

WEDNESDAY = datetime(2026, 9, 16, 10, tzinfo=SHANGHAI)


def mediate_in_vain(desk, clock, *, mediator, head, between=None):
    """Take a case that was filed to the record that nothing was agreed."""
    desk.sign_in(mediator)
    acts.examine(desk)
    acts.consult(desk)
    desk.sign_in(head)
    acts.accept(desk)
    acts.appoint(desk, mediator)
    if between:
        between()
    clock.shift(timedelta(days=1))
    desk.sign_in(mediator)
    acts.fail(desk, until=timezone.localtime())
    acts.record_failure(desk, on=timezone.localdate())


def test_a_dispute_goes_from_the_enterprise_to_the_award(
    desk, clock, enterprise_mediator, enterprise_head, district_mediator, regional_head,
    arbitration_clerk, commission_head, arbitrator,
):  # fmt: skip
    desk.sign_in(enterprise_mediator)
    case = acts.file_case(desk, next_tier=True)
    mediate_in_vain(desk, clock, mediator=enterprise_mediator, head=enterprise_head)
    desk.open(case)
    desk.reads("古塔区总工会劳动争议调解中心", "调解不成")

    def go_back_a_step():
        """The head appoints again: the first mediator was called away for a day."""
        desk.open(case)
        desk.follow("退回上一步")
        desk.write(reason="另有紧急任务，重新指派。")
        desk.send()
        acts.appoint(desk, district_mediator)

    mediate_in_vain(
        desk, clock, mediator=district_mediator, head=regional_head, between=go_back_a_step
    )
    acts.choose_arbitration(desk, on=timezone.localdate())
    desk.open(case)
    desk.reads("锦州市劳动人事争议仲裁委员会")

    clock.move_to(WEDNESDAY)
    desk.sign_in(arbitration_clerk)
    acts.receive(desk, signed_on=WEDNESDAY.date())
    desk.sign_in(commission_head)
    acts.docket(desk)
    desk.sign_in(arbitration_clerk)
    acts.form_panel(desk, arbitrator)
    acts.serve_copy(desk)
    stand_still_for_a_day(desk, clock, case, head=commission_head)
    desk.sign_in(arbitration_clerk)
    acts.answer(desk)
    acts.set_hearing(desk)
    clock.move_to(Hearing.objects.get().ends_at + timedelta(minutes=10))
    desk.sign_in(arbitrator)
    acts.hear(desk)
    found = Case.objects.get()
    acts.award(desk, found.claims.get())
    clock.shift(timedelta(days=1))
    desk.sign_in(arbitration_clerk)
    acts.serve(desk, found.parties.all(), on=timezone.localdate())
    desk.reads("已结案")
    # What the mediators did among themselves stays with them.
    assert "退回上一步" not in desk.page.locator("body").inner_text()
    desk.shoot("three_tiers")
    outcomes = list(found.proceedings.order_by("ordinal").values_list("tier", "outcome"))
    assert outcomes == [
        (1, Outcome.NOT_SETTLED), (2, Outcome.NOT_SETTLED), (3, Outcome.FINAL_AWARD),
    ]  # fmt: skip
    found.refresh_from_db()
    assert found.defence_line == 3


def stand_still_for_a_day(desk, clock, case, *, head):
    """The case waits for a finding, which is proved, and goes on the day after."""
    desk.sign_in(head, path=case)
    desk.follow("中止审理")
    paper = {"name": "工伤认定申请受理决定书.pdf", "mimeType": "application/pdf", "buffer": PDF}
    desk.write(ground="appraisal", reason="等待工伤认定结论", file=paper)
    desk.send()
    clock.shift(timedelta(days=1))
    desk.sign_in(head, path=case)
    desk.follow("恢复审理")
    desk.write(reason="工伤认定书已送达")
    desk.send()
