"""An agreement on its way through the commission, and who sees what of it."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from arbitration.domain import review_papers, reviews
from arbitration.domain.refusals import ConflictNotDeclared, Mediated, TermOver, WalledOff
from arbitration.domain.refusals import reviews as refusals
from arbitration.models import AgreementReview
from disputes.domain import clocks
from disputes.models import Deadline, Wall
from mediation.domain import confirmation, performance
from mediation.models import Enforceability
from notices.models import Notice
from offices.duties import Role
from tests import factories
from tests.mediation.acts import accept, at, hold_session, sign
from workflows import alarms, reviewing

pytestmark = pytest.mark.django_db
SECRET = "单位称最多只能付一万元"


def day(month, of_month):
    return date(2026, month, of_month)


@pytest.fixture
def mediation(district_case, district_mediator, regional_head):
    """Agreed upon on 10 September 2026, the day from which the 15 days run."""
    district_case.handler = district_mediator
    district_case.save()
    accept(district_case, by=regional_head)
    hold_session(district_case, by=district_mediator, result="settled", statements=SECRET)
    sign(district_case, by=district_mediator)
    return district_case


@pytest.fixture
def review(mediation, arbitration_clerk, district_mediator):
    """Sent to the commission by the mediating office on 14 September."""
    performance.apply_jointly(
        mediation.agreement, way="review", applied_on=day(9, 14), at=at(9, 14),
        by=district_mediator,
    )  # fmt: skip
    return AgreementReview.objects.get()


@pytest.fixture
def examined(review, arbitrator, commission_head):
    return reviews.accept(review, **accepted_by(arbitrator), at=at(9, 15), by=commission_head)


@pytest.fixture
def stated(examined, arbitrator):
    return reviews.make_statement(examined, ended_on=day(9, 17), at=at(9, 17), by=arbitrator)


def accepted_by(person, **facts):
    return {
        "reviewer": person, "conflict_declared": True, "decided_on": day(9, 15), **facts,
    }  # fmt: skip


def hand_in(office, mediation, by, **facts):
    facts = {
        "number": mediation.number.replace("〔", "[").replace("〕", "]"),
        "effective_on": day(9, 10),
        "applied_on": day(9, 14),
        **facts,
    }
    return reviewing.register_at_counter(office, **facts, at=at(10, 20), by=by)


def test_the_application_of_both_comes_to_the_competent_commission(
    review, mediation, arbitration_clerk, register
):
    assert (review.office, review.number) == (register.commission, "锦劳人仲审〔2026〕第1号")
    assert (review.due_on, review.state) == (day(9, 28), "waiting")
    assert review.terms == mediation.agreement.terms
    assert arbitration_clerk.notices.filter(verb__contains="an agreement came").exists()


def test_parties_may_bring_it_themselves_with_the_paper_in_hand(
    mediation, register, arbitration_clerk
):
    row = hand_in(register.commission, mediation, arbitration_clerk)

    assert row.mediation == mediation
    assert Enforceability.objects.get().way == "review"
    # One review of one agreement.
    with pytest.raises(refusals.ReviewedAlready):
        hand_in(register.commission, mediation, arbitration_clerk)


@pytest.mark.parametrize(
    "wrong", [{"number": "古塔调〔2026〕第999号"}, {"effective_on": day(9, 11)}]
)
def test_a_wrong_number_and_a_wrong_day_are_answered_alike(
    mediation, register, arbitration_clerk, wrong
):
    with pytest.raises(reviewing.NoSuchAgreement):
        hand_in(register.commission, mediation, arbitration_clerk, **wrong)


def test_a_late_application_is_registered_and_refused_in_writing(
    mediation, register, arbitration_clerk, arbitrator, commission_head
):
    row = hand_in(register.commission, mediation, arbitration_clerk, applied_on=day(10, 9))
    with pytest.raises(refusals.AppliedLate):
        reviews.accept(
            row, **accepted_by(arbitrator, decided_on=day(10, 9)), at=at(10, 20),
            by=commission_head,
        )  # fmt: skip
    reviews.refuse(
        row, refusal="late", reasons="超过十五日", decided_on=day(10, 10), at=at(10, 20),
        by=commission_head,
    )  # fmt: skip
    row.refresh_from_db()
    assert row.state == "refused"
    assert review_papers.kinds_for(row) == ("review_refusal",)


def test_what_confirms_a_labour_relation_is_only_refused(
    mediation, register, arbitration_clerk, arbitrator, commission_head
):
    mediation.agreement.__class__.objects.update(confirms_relationship=True)
    row = hand_in(register.commission, mediation, arbitration_clerk)
    with pytest.raises(refusals.NotReviewable):
        reviews.accept(row, **accepted_by(arbitrator), at=at(10, 20), by=commission_head)
    # The database says the same.
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementReview.objects.filter(pk=row.pk).update(
            decided_on=day(9, 15), reviewer=arbitrator, conflict_declared=True
        )


def test_a_ground_that_does_not_fit_is_no_ground(review, commission_head):
    for refusal, raised in [
        ("late", refusals.AppliedInTime),
        ("relationship", refusals.NoRelationship),
    ]:
        with pytest.raises(raised):
            reviews.refuse(
                review, refusal=refusal, reasons="不符", decided_on=day(9, 15), at=at(9, 15),
                by=commission_head,
            )  # fmt: skip


def test_five_working_days_run_from_acceptance(examined):
    clock = Deadline.objects.get(rule__rule_id="ARB_REVIEW_DECIDE")
    assert (clock.started_on, clock.due_legal) == (day(9, 15), day(9, 21))


def test_who_mediated_or_keeps_away_does_not_review(
    review, register, district_mediator, commission_head, arbitrator
):
    factories.post(
        district_mediator, office=register.commission, role=Role.ARBITRATOR, since=day(1, 1)
    )
    with pytest.raises(Mediated):
        reviews.accept(review, **accepted_by(district_mediator), at=at(9, 15), by=commission_head)
    with pytest.raises(ConflictNotDeclared):
        reviews.accept(
            review, **accepted_by(arbitrator, conflict_declared=False), at=at(9, 15),
            by=commission_head,
        )  # fmt: skip
    Wall.objects.create(case=review.mediation.case, user=arbitrator, reason="回避", at=at(9, 1))
    with pytest.raises(WalledOff):
        reviews.accept(review, **accepted_by(arbitrator), at=at(9, 15), by=commission_head)
    found = reviews.reviewers_for(review, on=day(9, 15))
    assert not {arbitrator, district_mediator} & set(found)


def test_the_head_extends_once_before_the_end(examined, commission_head):
    facts = {"reason": "需核实履行能力", "approved_by": commission_head, "by": commission_head}
    with pytest.raises(TermOver):
        reviews.extend(examined, **facts, approved_on=day(9, 22), at=at(9, 22))
    reviews.extend(examined, **facts, approved_on=day(9, 18), at=at(9, 18))
    examined.refresh_from_db()
    # 25 to 27 September are days off.
    assert examined.deadline.due_legal == day(9, 29)
    with pytest.raises(refusals.ExtendedBefore):
        reviews.extend(examined, **facts, approved_on=day(9, 21), at=at(9, 21))


def test_only_the_named_arbitrator_ends_the_examination(examined, register):
    other = factories.make_user("qita", "齐它", office=register.commission, role=Role.ARBITRATOR)
    with pytest.raises(refusals.NotTheReviewer):
        reviews.make_statement(examined, ended_on=day(9, 17), at=at(9, 17), by=other)


def test_the_statement_is_in_force_when_both_have_signed(stated, mediation, arbitration_clerk):
    facts = {"at": at(9, 20), "by": arbitration_clerk}
    reviews.serve(stated, worker_received_on=day(9, 17), employer_received_on=None, **facts)
    assert Enforceability.objects.get().result == ""
    row = reviews.serve(
        stated, worker_received_on=day(9, 17), employer_received_on=day(9, 19), **facts
    )

    assert (row.state, row.in_force_since) == ("in_force", day(9, 19))
    result = Enforceability.objects.get()
    assert (result.result, result.result_on) == ("granted", day(9, 19))
    # Two years from the last day of performance.
    assert Deadline.objects.get(rule__rule_id="EXEC_2Y").started_on == day(9, 30)
    with pytest.raises(refusals.StatementInForce):
        reviews.withdraw(stated, ended_on=day(9, 20), **facts)


def test_an_unlawful_agreement_gets_no_statement(examined, mediation, arbitrator):
    reviews.decline(
        examined, flaw="unlawful", reasons="约定放弃社会保险", ended_on=day(9, 17), at=at(9, 17),
        by=arbitrator,
    )  # fmt: skip

    clock = Deadline.objects.get(rule__rule_id="ARB_REVIEW_DECIDE")
    assert (clock.state, clock.ended_on) == (Deadline.State.MET, day(9, 17))
    assert Enforceability.objects.get().result == "refused"
    assert mediation.handler.notices.filter(verb__contains="is done with the review").exists()


def decline(examined, arbitrator, *, on=day(9, 17)):
    moment = at(on.month, on.day)
    reviews.decline(
        examined, flaw="unlawful", reasons="约定放弃社会保险", ended_on=on, at=moment, by=arbitrator
    )


def test_after_a_refused_review_the_court_is_still_open_on_the_page(
    client, time_machine, examined, mediation, district_mediator, arbitrator
):
    decline(examined, arbitrator)
    # Thirty days from the tenth of September, as before: the refusal lengthens nothing.
    clock = clocks.find_clock(mediation.case, "COURT_CONFIRM", proceeding=mediation)
    assert (clock.started_on, clock.due_nominal) == (day(9, 10), day(10, 10))
    assert clocks.find_clock(mediation.case, "REVIEW_APPLY", proceeding=mediation) is None

    time_machine.move_to(at(9, 18))
    client.force_login(district_mediator)
    pages = {
        name: reverse(f"agreement_{name}", args=[mediation.pk])
        for name in ("after", "apply", "result")
    }
    shown = client.get(pages["after"]).content.decode()
    assert "未制作调解书" in shown
    assert pages["apply"] in shown
    again = {"way": "review", "applied_on": "2026-09-18"}
    refused = client.post(pages["apply"], again)
    assert (refused.status_code, "此前已被驳回" in refused.content.decode()) == (422, True)
    assert client.post(pages["apply"], again | {"way": "court"}).status_code == 302
    assert clocks.find_clock(mediation.case, "COURT_CONFIRM", proceeding=mediation) is None
    granted = {"result": "granted", "result_on": "2026-09-18", "number": "(2026)辽0702民特3号"}
    assert client.post(pages["result"], granted).status_code == 302
    shown = client.get(pages["after"]).content.decode()
    assert "(2026)辽0702民特3号" in shown
    assert "仲裁审查" in shown
    assert pages["apply"] not in shown
    assert list(Enforceability.objects.values_list("way", "result")) == [
        ("review", "refused"), ("court", "granted"),
    ]  # fmt: skip


def test_a_refusal_after_the_thirty_days_leaves_arbitration(examined, mediation, arbitrator):
    decline(examined, arbitrator, on=day(10, 15))
    assert clocks.find_clock(mediation.case, "COURT_CONFIRM", proceeding=mediation) is None
    ways = dict(performance.ways_open(mediation.agreement))
    assert "28" in ways["arbitration_application"] or len(ways) > 1
    with pytest.raises(performance.TooLate):
        performance.apply_jointly(
            mediation.agreement, way="court", applied_on=day(10, 15), at=at(10, 15),
            by=mediation.handler,
        )  # fmt: skip


def test_what_the_court_refuses_too_goes_back_to_the_parties(
    examined, mediation, arbitrator, district_mediator
):
    decline(examined, arbitrator)
    facts = {"at": at(9, 20), "by": district_mediator}
    performance.apply_jointly(mediation.agreement, way="court", applied_on=day(9, 20), **facts)
    confirmation.note_result(
        mediation.agreement, result="refused", result_on=day(9, 20), number="(2026)辽0702民特4号",
        **facts,
    )  # fmt: skip
    for way in ("court", "review"):
        with pytest.raises(performance.RefusedBefore):
            performance.apply_jointly(mediation.agreement, way=way, applied_on=day(9, 20), **facts)
    assert not Deadline.objects.running().filter(rule__rule_id="COURT_CONFIRM").exists()
    (code, _words) = performance.ways_open(mediation.agreement)[0]
    assert code == ""


def test_one_application_waits_or_is_granted_at_a_time(review, mediation, district_mediator):
    row = {
        "agreement": mediation.agreement, "way": "court", "applied_on": day(9, 15),
        "at": at(9, 15), "by": district_mediator,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Enforceability.objects.create(**row)
    Enforceability.objects.update(result="withdrawn", result_on=day(9, 15))
    Enforceability.objects.create(**row)


def test_until_both_have_the_statement_one_may_withdraw(stated, arbitration_clerk):
    reviews.serve(
        stated, worker_received_on=day(9, 17), employer_received_on=None, at=at(9, 18),
        by=arbitration_clerk,
    )  # fmt: skip
    row = reviews.withdraw(stated, ended_on=day(9, 18), at=at(9, 18), by=arbitration_clerk)

    assert (row.state, row.worker_received_on) == ("withdrawn", None)
    assert Enforceability.objects.get().result == "withdrawn"
    # Both ways are open again, each to its own day.
    running = Deadline.objects.running().filter(case=row.mediation.case)
    assert {"REVIEW_APPLY", "COURT_CONFIRM"} <= set(running.values_list("rule__rule_id", flat=True))


def test_near_the_end_the_arbitrator_is_told_and_after_it_the_head(
    examined, arbitrator, commission_head
):
    assert alarms.alarm_agreements(at=at(9, 18)) == 0
    assert alarms.alarm_agreements(at=at(9, 21)) == 1
    assert alarms.alarm_agreements(at=at(9, 21)) == 0
    assert alarms.alarm_agreements(at=at(9, 22)) == 1
    ends = Notice.objects.filter(verb__contains="the review of an agreement ends")
    assert {row.recipient for row in ends} == {arbitrator, commission_head}


def test_each_stage_has_its_paper_for_each_party(stated, arbitrator):
    with pytest.raises(refusals.NoSuchPaper):
        review_papers.issue(stated, "review_decline", at=at(9, 17), by=arbitrator)
    rows = review_papers.issue(stated, "review_statement", at=at(9, 17), by=arbitrator)

    assert len(rows) == 2
    with rows[0].paper.docx.open("rb") as file:
        text = zipfile.ZipFile(io.BytesIO(file.read())).read("word/document.xml").decode()
    text = re.sub(r"<[^>]+>", "", text)
    assert "12000 元" in text
    assert "何平" in text
    assert SECRET not in text


def test_the_whole_review_is_done_on_its_pages(
    client, time_machine, mediation, register, arbitration_clerk, commission_head, arbitrator
):
    def send(user, name, *keys, moment=at(9, 15), **answers):
        time_machine.move_to(moment)
        client.force_login(user)
        url = reverse(name, args=keys)
        assert client.get(url).status_code == 200
        return client.post(url, answers, follow=True)

    page = send(
        arbitration_clerk, "agreement_review_new", office=register.commission.pk,
        number=mediation.number, effective_on="2026-09-10", applied_on="2026-09-14",
    )  # fmt: skip
    row = AgreementReview.objects.get()
    assert row.number in page.content.decode()
    wrong = send(commission_head, "agreement_review_act", row.pk, "accept", reviewer=arbitrator.pk)
    assert wrong.status_code == 422
    act = ("agreement_review_act", row.pk)
    send(
        commission_head, *act, "accept", reviewer=arbitrator.pk, decided_on="2026-09-15",
        conflict_declared="on",
    )  # fmt: skip
    send(
        commission_head, *act, "extend", reason="需核实", approved_on="2026-09-16",
        moment=at(9, 16),
    )  # fmt: skip
    send(arbitrator, *act, "statement", lawful="on", ended_on="2026-09-17", moment=at(9, 17))
    issued = client.post(
        reverse("agreement_review_issue", args=[row.pk]), {"kind": "review_statement"}, follow=True
    )
    paper = row.papers.first().paper
    assert paper.number in issued.content.decode()
    word = client.get(reverse("agreement_review_word", args=[row.pk, paper.pk]))
    assert word.headers["Content-Type"].endswith("document")
    page = send(
        arbitration_clerk, *act, "serve", worker_received_on="2026-09-18",
        employer_received_on="2026-09-18", moment=at(9, 18),
    )  # fmt: skip
    assert "in force since" in page.content.decode() or "起生效" in page.content.decode()
    row.refresh_from_db()
    assert row.state == "in_force"
    # The mediator reads the result beside the agreement.
    client.force_login(mediation.handler)
    after = client.get(reverse("agreement_after", args=[mediation.pk])).content.decode()
    assert str(Enforceability.objects.get().get_result_display()) in after


def test_nothing_of_the_mediation_travels_and_strangers_find_nothing(
    client, examined, mediation, arbitration_clerk, arbitrator, other_mediator, register, auditor,
    district_mediator,
):  # fmt: skip
    page = reverse("agreement_review", args=[examined.pk])
    doors = [
        page,
        reverse("agreement_review_act", args=[examined.pk, "statement"]),
        reverse("agreement_review_word", args=[examined.pk, 1]),
        reverse("agreement_review_pdf", args=[examined.pk, 1]),
    ]
    client.force_login(arbitrator)
    shown = client.get(page).content.decode()
    assert mediation.agreement.terms in shown
    assert SECRET not in shown
    # The case itself stays shut for those who review the agreement.
    for user in (arbitrator, arbitration_clerk):
        client.force_login(user)
        assert client.get(reverse("case", args=[mediation.case_id])).status_code == 404
    other = factories.make_user("qita", "齐它", office=register.commission, role=Role.ARBITRATOR)
    for stranger in (other, other_mediator, district_mediator, auditor):
        client.force_login(stranger)
        assert [client.get(door).status_code for door in doors] == [404] * 4
        assert client.post(reverse("agreement_review_issue", args=[examined.pk])).status_code == 404
    # A colleague without the duty.
    client.force_login(arbitration_clerk)
    assert client.get(doors[1]).status_code == 403
    client.force_login(other_mediator)
    assert client.get(reverse("agreement_reviews")).status_code == 403
    assert client.get(reverse("agreement_review_new")).status_code == 403
    # A wall shuts the review, too.
    Wall.objects.create(case=mediation.case, user=arbitration_clerk, reason="回避", at=at(9, 1))
    client.force_login(arbitration_clerk)
    assert client.get(page).status_code == 404
    assert examined.number not in client.get(reverse("agreement_reviews")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_queries_for_one_and_for_three(
    client, examined, register, arbitration_clerk, count, django_assert_num_queries
):
    for number in range(2, count + 1):
        examined.pk, examined.deadline, examined.number = None, None, f"审{number}"
        examined.result, examined.ended_on = "withdrawn", day(9, 20)
        examined.save()
    client.force_login(arbitration_clerk)
    for show in ("open", "ended") if count > 1 else ("open",):
        client.get(reverse("agreement_reviews"), {"show": show})
        with django_assert_num_queries(QUERIES[show]):
            page = client.get(reverse("agreement_reviews"), {"show": show})
        assert page.context["rows"]


QUERIES = {"open": 8, "ended": 7}
