"""A case on which everything hangs that can hang on one, and what people keep for themselves.

Behind each of these things is a door of its own; tests/journeys/leaks.py says who passes it.
"""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.core.files.base import ContentFile

from arbitration.domain import review_papers, reviews
from arbitration.models import AgreementReview
from disputes.domain import declarations
from disputes.domain.case_papers import issue_paper
from disputes.domain.service import recording
from disputes.models import Dossier, LedgerImport, PaperBatch, ServedPaper, Upload
from legal_aid.domain import aid_papers, consultations, enclosures, fund, roster
from legal_aid.models import Application, Consultation, Review
from mediation.domain import performance, terms
from mediation.domain.instalments import Draft
from mediation.domain.meetings import agenda, feeds, liaisons, session
from mediation.models import (
    Dispatch,
    DispatchKind,
    InboundMail,
    ItemMaterial,
    Meeting,
    Minutes,
)
from notices.domain.inbox import notify
from notices.models import Notice, Subscription
from offices.domain.tokens import issue_token
from offices.models import Absence
from tests import factories
from tests.disputes.rosters import rostered
from tests.factories import MONDAY
from tests.legal_aid.acts import engage
from tests.legal_aid.papers import make_picture
from tests.mediation.acts import at, hold_session, sign
from tests.mediation.meetings.acts import make_room, plan
from tests.mediation.test_planning import plan as plan_session
from tests.workflows.test_mediation_flow import accept

TODAY = MONDAY.date()
CASE, SETTLED = "regional hung", "regional settled"
SAID = "滕玉兰"


def hang_all(world):
    """Make the case ``CASE`` of *world*, and ``world.hung``: name of a thing → its row."""
    people, offices = world.users, world.register
    proceeding = factories.make_case(
        offices.guta, by=people["reporter"], worker={"name": SAID, "phone": "15400009907"}
    )
    accept(proceeding, mediator=people["mediator"], head=people["head"])
    proceeding.refresh_from_db()
    world.cases[CASE] = proceeding.case
    world.hung = SimpleNamespace(proceeding=proceeding, case=proceeding.case)
    for hang in (_papers, _agreement, _aid, _fund, _meeting, _own):
        hang(world.hung, people, offices)
    for hang in (_files, _aid_files, _dispatch, _reviewing):
        hang(world.hung, people, offices)
    world.cases[SETTLED] = world.hung.settled.case


def _papers(hung, people, offices):
    (paper,) = issue_paper(
        hung.proceeding, "recusal_application", typed={"回避对象": "甲", "回避理由": "同学"},
        at=MONDAY, by=people["mediator"],
    )  # fmt: skip
    hung.paper = paper.paper
    worker = hung.proceeding.case.parties.filter(kind="worker")
    (hung.service,) = recording.owe(
        hung.proceeding, worker, paper=ServedPaper.CHANGED_CLAIMS, at=MONDAY
    )
    hung.member = rostered(hung.proceeding, 2, by=people["mediator"])[0]
    hung.response = hung.proceeding.case.responses.exclude(measure="known").first()


def _agreement(hung, people, offices):
    hung.session = plan_session(hung.proceeding, people["mediator"])
    hold_session(hung.proceeding, by=people["mediator"], result="settled")
    employer = hung.proceeding.case.parties.get(kind="employer")
    draft = Draft(employer, "支付工资", Decimal("7300"), [(date(2026, 9, 30), Decimal("7300"))])
    told = {"at": at(9, 11), "by": people["mediator"]}
    hung.agreement = terms.write_terms(hung.proceeding, drafts=[draft], **told)
    hung.instalment = hung.agreement.term_rows.first().instalments.first()


def _aid(hung, people, offices):
    lawyer = people["lawyer"]
    hung.engagement = engage(hung.proceeding.case, offices, lawyer, by=people["aid_administrator"])
    hung.application = hung.engagement.application
    hung.lawyer = hung.engagement.lawyer
    hung.duty = roster.put_on_duty(
        offices.aid_centre, lawyer=hung.lawyer, place=offices.station,
        starts_at=MONDAY + timedelta(days=1), ends_at=MONDAY + timedelta(days=1, hours=3),
    )  # fmt: skip
    begin = MONDAY + timedelta(days=2)
    hung.consultation = consultations.book(
        offices.aid_centre, lawyer=hung.lawyer, starts_at=begin, at=MONDAY,
        ends_at=begin + timedelta(hours=1), by=people["reporter"], mode="phone", name=SAID,
        phone="15400009907", question="七月起未发工资，怎么办？", cause="wages",
    )  # fmt: skip
    # Before the day on which somebody begins to serve elsewhere.
    before = MONDAY - timedelta(days=3)
    Consultation.objects.filter(pk=hung.consultation.pk).update(case=hung.case, booked_at=before)
    Application.objects.filter(pk=hung.application.pk).update(received_at=before)
    hung.review = Review.objects.filter(proceeding=hung.proceeding, lawyer=lawyer).first()
    hung.review = hung.review or _review(hung, lawyer, people)
    hung.opinion = _review(
        hung, lawyer, people, accepted_at=MONDAY, submitted_at=MONDAY, conflict_declared=True, facts="x", opinion="x",
        recommendation="mediate", risk="low",
    )  # fmt: skip


def _review(hung, lawyer, people, **facts):
    told = {"asked_on": TODAY, "due_on": date(2026, 9, 14), "asked_by": people["head"]}
    return Review.objects.create(proceeding=hung.proceeding, lawyer=lawyer, **told, **facts)


def _fund(hung, people, offices):
    centre = offices.aid_centre
    fund.set_standard(centre, kind="travel", most=Decimal(200), since=TODAY)
    hung.project = fund.open_project(
        centre, name="维权援助", budget=Decimal(2000), basis="锦工发〔2026〕1号", voucher="拨-1",
        at=MONDAY, by=people["accountant"],
    )  # fmt: skip
    hung.payment = fund.ask(
        hung.project, kind="travel", amount=Decimal(100), engagement=hung.engagement,
        payee=people["lawyer"], at=MONDAY, by=people["aid_administrator"],
    )  # fmt: skip


def _meeting(hung, people, offices):
    by, court = people["coordinator"], offices.court
    hung.meeting = plan(by, court, offices.labour, offices.justice)
    hung.meeting.participants.update(mail="a@example.com")
    Meeting.objects.filter(pk=hung.meeting.pk).update(status="invited")
    hung.meeting.refresh_from_db()
    told = {"at": MONDAY, "by": by}
    hung.item = agenda.add_case(hung.meeting, hung.proceeding.case, reason="other", **told)
    agenda.edit_item(hung.item, title=f"{SAID}一案", viewers=[(court, True, True)], **told)
    due = TODAY + timedelta(days=5)
    facts = {"text": f"约谈{SAID}的单位", "office": court, "due_on": due}
    hung.action = session.add_action(hung.item, **facts, **told)
    hung.material = ItemMaterial.objects.create(
        item=hung.item, title="材料", content_type="text/plain",
        file=ContentFile(SAID.encode(), "材料.txt"), **told,
    )  # fmt: skip
    hung.minutes = Minutes.objects.create(
        meeting=hung.meeting, state="draft", at=MONDAY, summary=f"讨论{SAID}一案"
    )
    hung.guest = hung.meeting.participants.get(user=people["court_liaison"])
    hung.feed, _secret = feeds.make_feed(
        user=by, purpose="x", level="agenda", until=date(2027, 9, 7), **told
    )
    hung.room = make_room(by.postings.get().office)
    hung.liaison = liaisons.name_officer(office=court, rank="A", since=TODAY, name="钱某", **told)
    hung.mail = InboundMail.objects.create(
        message_id="x", sender="a@example.com", kind="other", state="waiting",
        meeting=hung.meeting, at=MONDAY,
    )  # fmt: skip


def _own(hung, people, offices):
    mediator = people["mediator"]
    hung.absence = Absence.objects.create(
        user=mediator, since=date(2026, 10, 8), until=date(2026, 10, 9), made_at=MONDAY,
        made_by=mediator,
    )  # fmt: skip
    hung.declaration = declarations.declare(mediator, kind="employer", name="某公司", at=MONDAY)
    hung.token, _secret = issue_token(
        mediator, name="月报", scopes=("cases:read",), days=30, at=MONDAY
    )
    hung.webhook = Subscription.objects.create(
        user=mediator, name="驾驶舱", url="https://example.com/", types=[], secret="x" * 32,
        created_at=MONDAY,
    )  # fmt: skip
    url = f"/cases/{hung.proceeding.case_id}/"
    told = {"kind": Notice.Kind.COURSE, "url": url, "key": "hung", "at": MONDAY}
    notify([mediator], "%(number)s", number=hung.proceeding.number, **told)
    hung.notice = Notice.objects.get(recipient=mediator, key="hung")
    hung.ledger = LedgerImport.objects.create(
        federation=offices.federation,
        name="台账.xlsx",
        uploaded_at=MONDAY,
        uploaded_by=people["clerk"],
        state="done",
    )


def _files(hung, people, offices):
    """Files made of the case: papers for all of its workers, and the whole of it in one PDF."""
    content = ContentFile(SAID.encode(), "x")
    hung.batch = PaperBatch.objects.create(
        proceeding=hung.proceeding, kind="acceptance_notice", total=2, state="done", at=MONDAY,
        by=people["mediator"], archive=content, book=content,
    )  # fmt: skip
    hung.upload = Upload.objects.create(
        proceeding=hung.proceeding, by=people["mediator"], name="录音.mp3", size=9, file=content,
        begun_at=MONDAY, touched_at=MONDAY,
    )  # fmt: skip
    hung.dossier = Dossier.objects.create(
        case=hung.case, asked_by=people["mediator"], asked_at=MONDAY, state="done", sha256="x",
        file=content,
    )  # fmt: skip


def _aid_files(hung, people, offices):
    told = {"at": MONDAY, "by": people["aid_administrator"]}
    hung.letter = aid_papers.issue(hung.application, "aid_assignment", **told).paper
    hung.voucher = enclosures.enclose(make_picture(), payment=hung.payment, **told)


def _dispatch(hung, people, offices):
    hung.kind = DispatchKind.objects.create(
        name="线索移送", form="transfer", receiver="labour_bureau", template="现移送。",
        receipt_days=2, answer_days=20,
    )  # fmt: skip
    by = people["coordinator"]
    hung.dispatch = Dispatch.objects.create(
        kind=hung.kind, sender=by.postings.get().office, receiver=offices.labour, case=hung.case,
        subject=f"{SAID}一案", text="现移送。", sent_at=MONDAY, receipt_due=TODAY, by=by,
    )  # fmt: skip


def _reviewing(hung, people, offices):
    """A case that was settled, whose agreement lies with the commission."""
    mediator, worker = people["mediator"], {"name": SAID, "phone": "15400009908"}
    proceeding = factories.make_case(offices.guta, by=people["reporter"], worker=worker)
    accept(proceeding, mediator=mediator, head=people["head"])
    proceeding.refresh_from_db()
    hold_session(proceeding, by=mediator, result="settled")
    sign(proceeding, by=mediator)
    day = date(2026, 9, 14)
    performance.apply_jointly(
        proceeding.agreement, way="review", applied_on=day, at=at(9, 14), by=mediator
    )
    told = {"at": at(9, 15), "by": people["commission_head"]}
    hung.agreement_review = reviews.accept(
        AgreementReview.objects.get(), reviewer=people["arbitrator"], conflict_declared=True,
        decided_on=day + timedelta(days=1), **told,
    )  # fmt: skip
    (hung.agreement_paper, *_others) = review_papers.issue(
        hung.agreement_review, review_papers.kinds_for(hung.agreement_review)[0], **told
    )
    hung.settled = proceeding
