"""Terms one by one, signatures over one text, and whether the agreement is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.domain.case_papers import issue_paper
from disputes.domain.escalation import go_to_arbitration
from disputes.dossiers import SIGNED, pieces_of
from disputes.models import CaseGrant
from disputes.permissions import read_case
from disputes.views.casefile import CaseFile
from mediation.domain import agreements, confirmation, performance, signing, terms
from mediation.domain.instalments import Draft
from mediation.domain.performance import OneWayOnly, TooLate
from mediation.domain.refusals import NotYet
from mediation.models import Agreement, Enforceability, Instalment, Signing
from tests.mediation.acts import NEXT_MONDAY, at, hold_session
from tests.mediation.acts import sign as sign_agreement
from workflows.telling import tell_of_performance

Who, Method = Signing.Who, Signing.Method
FIRST, SECOND = date(2026, 9, 30), date(2026, 10, 31)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def employer(accepted_case):
    return accepted_case.case.parties.get(kind="employer")


@pytest.fixture
def draft(employer):
    return Draft(
        employer,
        "支付2026年7月至8月工资",
        Decimal("14600"),
        [(FIRST, Decimal("7300")), (SECOND, Decimal("7300"))],
        default_clause="可就全部余款申请执行",
    )


@pytest.fixture
def written(accepted_case, draft, district_mediator):
    hold_session(accepted_case, by=district_mediator, result="settled")
    return terms.write_terms(accepted_case, drafts=[draft], at=NEXT_MONDAY, by=district_mediator)


def put(proceeding, who, by, method=Method.PAPER, file=None):
    return signing.sign(
        proceeding, who=who, method=method, signed_on=at(9, 14).date(), file=file,
        at=NEXT_MONDAY, by=by,
    )  # fmt: skip


def take_effect(agreement, by):
    """Let the agreement take effect with everything as it was written."""
    proceeding = agreement.proceeding
    for who in Who:
        put(proceeding, who, by)
    agreement.refresh_from_db()
    names = ("terms", "amount", "performance_by", "performance_mode", "copies")
    return agreements.sign_agreement(
        proceeding,
        **{name: getattr(agreement, name) for name in names},
        confirms_relationship=False,
        **signing.signed_days(agreement),
        at=NEXT_MONDAY,
        by=by,
    )


def test_the_text_follows_from_the_terms(written):
    assert written.terms == (
        "锦北样例建筑003有限公司：支付2026年7月至8月工资，金额14,600.00元"
        "（大写：壹万肆仟陆佰元整），分2期履行；逾期的，可就全部余款申请执行。"
    )
    assert (written.amount, written.performance_by) == (Decimal("14600"), SECOND)
    assert written.performance_mode == Agreement.Performance.INSTALMENTS


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"amount": Decimal("14000")}, terms.SumDiffers),
        ({"amount": None}, terms.SumDiffers),
        ({"instalments": []}, terms.NoDay),
    ],
)
def test_sums_and_days_are_checked(accepted_case, draft, district_mediator, change, refusal):
    for name, value in change.items():
        setattr(draft, name, value)

    with pytest.raises(refusal):
        terms.write_terms(accepted_case, drafts=[draft], at=NEXT_MONDAY, by=district_mediator)
    assert not Agreement.objects.exists()


def test_what_the_law_does_not_allow_is_said(accepted_case, employer, district_mediator):
    drafts = [
        Draft(employer, "劳动者自愿放弃社保", None, [(FIRST, None)]),
        Draft(
            employer, "双方确认劳动关系，月工资按此支付", Decimal("900"), [(FIRST, Decimal("900"))]
        ),
    ]
    agreement = terms.write_terms(
        accepted_case, drafts=drafts, at=NEXT_MONDAY, by=district_mediator
    )

    assert len(terms.warnings_of(agreement)) == 3


def test_a_signed_text_is_not_changed(accepted_case, written, draft, district_mediator):
    put(accepted_case, Who.WORKER, district_mediator)

    with pytest.raises(terms.AlreadySigned):
        terms.write_terms(accepted_case, drafts=[draft], at=NEXT_MONDAY, by=district_mediator)

    signing.take_back(accepted_case, at=NEXT_MONDAY, by=district_mediator)
    terms.write_terms(accepted_case, drafts=[draft], at=NEXT_MONDAY, by=district_mediator)


def test_what_was_signed_is_kept_by_its_hash(accepted_case, written, district_mediator):
    row = put(
        accepted_case, Who.WORKER, district_mediator, Method.PAD, ContentFile(PNG, name="a.png")
    )

    assert len(row.sha256) == 64
    assert row.text_sha256 == terms.text_hash(written)


def test_what_was_signed_stands_in_the_whole_file(accepted_case, written, district_mediator):
    scan = ContentFile(PNG, name="a.png")
    put(accepted_case, Who.WORKER, district_mediator, Method.PAD, scan)
    put(accepted_case, Who.SEAL, district_mediator, Method.SCAN, ContentFile(PNG, name="b.png"))
    put(accepted_case, Who.MEDIATOR, district_mediator)

    case, _rows, content = read_case(district_mediator, accepted_case.case_id)
    found = [row for row in pieces_of(case, content) if row.part == SIGNED]

    assert [row.title for row in found] == [
        "调解协议劳动者签名　屏幕签名",
        "调解协议调解组织印章　扫描件",
    ]
    with found[0].open() as file:
        assert file.read() == PNG


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ((Who.WORKER, Method.PAD, None), signing.NothingToSee),
        ((Who.SEAL, Method.PAD, ContentFile(PNG, name="a.png")), signing.SealDrawn),
        ((Who.WORKER, Method.SCAN, ContentFile(b"#!AMR sound", name="a.png")), signing.NotAPicture),
    ],
)
def test_what_is_no_signature_is_refused(accepted_case, written, district_mediator, facts, refusal):
    who, method, file = facts
    with pytest.raises(refusal):
        put(accepted_case, who, district_mediator, method, file)
    assert not Signing.objects.exists()


def test_three_elements_are_no_agreement(accepted_case, written, district_mediator):
    for who in (Who.WORKER, Who.EMPLOYER, Who.MEDIATOR):
        put(accepted_case, who, district_mediator)

    assert not agreements.is_effective(accepted_case)
    written.refresh_from_db()
    assert written.missing == ["sealed_on"]


def test_four_elements_take_effect_and_its_instalments_are_followed(written, district_mediator):
    agreement = take_effect(written, district_mediator)

    assert agreement.effective_on == at(9, 14).date()
    rows = performance.instalments_of([agreement.proceeding.desk_id])
    assert [(row.due_on, row.state) for row in rows] == [(FIRST, "open"), (SECOND, "open")]


def test_an_agreement_of_one_text_is_followed_up_too(accepted_case, district_mediator):
    sign_agreement(accepted_case, by=district_mediator)

    row = Instalment.objects.get()
    assert (row.due_on, row.amount) == (FIRST, Decimal("12000"))


def test_what_is_late_is_reminded_of_once(written, district_mediator):
    proceeding = written.proceeding
    proceeding.handler = district_mediator
    proceeding.save()
    take_effect(written, district_mediator)

    assert tell_of_performance(at=at(9, 20)) == 0
    assert tell_of_performance(at=at(9, 28)) == 1
    assert tell_of_performance(at=at(10, 2)) == 1
    assert tell_of_performance(at=at(10, 3)) == 0
    assert "2026-09-30" in str(district_mediator.notices.latest("pk").facts)


def test_performance_and_its_rate(written, district_mediator):
    agreement = take_effect(written, district_mediator)
    first, second = performance.instalments_of([agreement.proceeding.desk_id])
    performance.note_performance(
        first, state="performed", performed_on=FIRST, proof="转账回单", at=at(10, 1),
        by=district_mediator,
    )  # fmt: skip
    with pytest.raises(performance.NotDue):
        performance.note_performance(
            second, state="unperformed", at=at(10, 1), by=district_mediator
        )
    performance.note_performance(second, state="unperformed", at=at(11, 2), by=district_mediator)

    desk = agreement.proceeding.desk_id
    assert performance.rates([desk], today=date(2026, 11, 2)) == {desk: (1, 2)}
    hidden = [agreement.proceeding.case_id]
    assert performance.rates([desk], today=date(2026, 11, 2), hidden=hidden) == {}
    assert [code for code, _words in performance.ways_open(agreement)] == [
        "performance_reminder", "payment_order", "arbitration_application", "",
    ]  # fmt: skip


def test_what_was_confirmed_is_enforced_and_not_disputed_again(written, district_mediator):
    agreement = take_effect(written, district_mediator)
    told = {"at": at(9, 25), "by": district_mediator}
    performance.apply_jointly(agreement, way="court", applied_on=date(2026, 9, 20), **told)
    assert "payment_order" in dict(performance.ways_open(agreement))
    confirmation.note_result(
        agreement, result="granted", result_on=date(2026, 9, 24), number="(2026)辽0702民特1号",
        **told,
    )  # fmt: skip
    agreement.refresh_from_db()
    (first, sentence), (second, _words) = performance.ways_open(agreement)
    assert (first, second) == ("", "performance_reminder")
    assert "强制执行" in str(sentence)


def test_review_or_confirmation_never_both(written, district_mediator):
    agreement = take_effect(written, district_mediator)
    facts = {"at": at(9, 20), "by": district_mediator, "applied_on": date(2026, 9, 20)}
    performance.apply_jointly(agreement, way="review", **facts)

    with pytest.raises(OneWayOnly):
        performance.apply_jointly(agreement, way="court", **facts)
    assert Enforceability.objects.get().way == "review"


def test_the_result_of_the_application_is_recorded_once(client, written, district_mediator):
    proceeding = written.proceeding
    agreement = take_effect(written, district_mediator)
    told = {"at": at(9, 25), "by": district_mediator}
    granted = {"result": "granted", "result_on": date(2026, 9, 24), "number": "锦劳仲审〔2026〕3号"}
    with pytest.raises(confirmation.NotAppliedFor):
        confirmation.note_result(agreement, **granted, **told)
    performance.apply_jointly(agreement, way="review", applied_on=date(2026, 9, 20), **told)
    for change, refusal in (
        ({"number": ""}, confirmation.NumberMissing),
        ({"result_on": date(2026, 9, 19)}, confirmation.BeforeApplication),
        ({"result_on": date(2026, 9, 26)}, NotYet),
    ):
        with pytest.raises(refusal):
            confirmation.note_result(agreement, **granted | change, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enforceability.objects.update(result="refused", result_on=date(2026, 9, 1))

    client.force_login(district_mediator)
    url = reverse("agreement_result", args=[proceeding.pk])
    assert client.post(url, granted | {"number": ""}).status_code == 422
    assert client.post(url, granted).status_code == 302
    assert (
        "锦劳仲审〔2026〕3号"
        in client.get(reverse("case", args=[proceeding.case_id])).content.decode()
    )
    with pytest.raises(confirmation.ResultKnown):
        confirmation.note_result(agreement, **granted, **told)


def test_the_case_page_shows_agreement_and_what_is_late(written, district_mediator):
    written.proceeding.handler = district_mediator
    written.proceeding.save()
    take_effect(written, district_mediator)
    file = CaseFile(district_mediator, written.proceeding.case_id)
    file.today = date(2026, 10, 2)
    ((template, rows),) = file.panels

    assert template == "mediation/_case_panel.html"
    assert [part["due_on"] for part in rows[0]["late"]] == [FIRST]
    assert (rows[0]["kept"], rows[0]["amount"]) == (0, Decimal("14600"))


def test_an_agreement_in_the_making_stays_at_its_desk(
    written, district_mediator, arbitration_clerk
):
    there = go_to_arbitration(written.proceeding, at=at(9, 20), by=district_mediator)
    there.handler = arbitration_clerk
    there.save()

    assert CaseFile(arbitration_clerk, there.case_id).panels == []


def test_an_application_after_its_term_is_too_late(written, district_mediator):
    agreement = take_effect(written, district_mediator)

    with pytest.raises(TooLate):
        performance.apply_jointly(
            agreement, way="review", applied_on=date(2026, 10, 20), at=at(10, 20),
            by=district_mediator,
        )  # fmt: skip


def test_the_pages_are_for_those_who_work_on_it(client, written, other_mediator, district_mediator):
    proceeding = written.proceeding
    row = Instalment.objects.first()
    pages = [
        reverse(name, args=[proceeding.pk])
        for name in ("agreement_terms", "agreement_sign", "agreement_after")
    ] + [reverse("instalment", args=[row.pk])]
    client.force_login(other_mediator)
    assert [client.get(page).status_code for page in pages] == [404] * 4
    client.force_login(district_mediator)
    assert [client.get(page).status_code for page in pages] == [200, 200, 302, 200]


def test_a_lawyer_who_was_asked_does_nothing_that_is_the_mediators(
    client, written, lawyer, district_mediator
):
    proceeding = written.proceeding
    CaseGrant.objects.create(
        case=proceeding.case, user=lawyer, kind=CaseGrant.Kind.LAWYER, proceeding=proceeding,
        reason="审查", granted_at=NEXT_MONDAY,
    )  # fmt: skip
    (paper,) = issue_paper(
        proceeding, "recusal_application", typed={"回避对象": "甲", "回避理由": "同学"},
        at=NEXT_MONDAY, by=district_mediator,
    )  # fmt: skip
    client.force_login(lawyer)
    assert client.get(reverse("case", args=[proceeding.case_id])).status_code == 200
    doors = [
        (name, proceeding.pk)
        for name in (
            "agreement_terms", "agreement_sign", "agreement_take_back",
            "agreement_apply", "api-agreement-signatures", "api-agreement-joint-application",
        )
    ]  # fmt: skip
    instalment = Instalment.objects.first().pk
    doors += [("instalment", instalment), ("api-instalment-performance", instalment)]
    doors += [("paper_void", paper.paper_id), ("api-paper-void", paper.paper_id)]
    said = {name: client.post(reverse(name, args=[pk])).status_code for name, pk in doors}
    assert said == dict.fromkeys(said, 403)
    paper.paper.refresh_from_db()
    assert not paper.paper.is_void


def test_terms_are_written_on_their_page(client, accepted_case, employer, district_mediator):
    client.force_login(district_mediator)
    url = reverse("agreement_terms", args=[accepted_case.pk])
    data = {
        "t-TOTAL_FORMS": "2", "t-INITIAL_FORMS": "0",
        "t-0-debtor": employer.pk, "t-0-content": "支付工资", "t-0-amount": "14600",
        "t-0-days": "2026-09-30 7300\n2026年10月31日 7300",
    }  # fmt: skip
    wrong = client.post(url, data | {"t-0-amount": "14000"})
    assert wrong.status_code == 422
    assert "14600" in wrong.content.decode()
    assert client.post(url, data).status_code == 302

    assert Instalment.objects.count() == 2
    page = client.get(reverse("agreement_sign", args=[accepted_case.pk])).content.decode()
    assert "壹万肆仟陆佰元整" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_what_is_owed_asks_the_same_queries(
    client, register, district_mediator, written, count, django_assert_num_queries
):
    take_effect(written, district_mediator)
    term = written.term_rows.get()
    for number in range(3, count + 3):
        Instalment.objects.create(
            term=term, ordinal=number, due_on=SECOND + timedelta(days=number), amount=1
        )
    client.force_login(district_mediator)
    client.get(reverse("performances"))
    with django_assert_num_queries(QUERIES):
        page = client.get(reverse("performances"))
    assert page.status_code == 200


QUERIES = 7
