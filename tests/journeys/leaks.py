"""Every door of the house, and who passes it: the table behind the leak matrix.

A new door gets one line in ``DOORS``, under the name of its URL (under its route, when the name is
another's too). What to write:

``reads(least)``        something of one case is shown; *least* is the reach that it takes
``acts("head", …)``     something is done in one case; the people named must get in
``lists("head", …)``    lists, searches, feeds, counts: cases beyond one's reach never show, those of
                        the people named do
``staff(Role.X, …)``    a door of a duty and of no case; all others get 403
``mine()``              one's own affairs, or nobody's; open to whoever serves, never tells of a case
``public()``            open without login, never tells of a case
``hangs("head", …)``    of a thing that hangs on a case and has readers of its own: only the people
                        named get in, and none of them through a wall or, unless she reads it, a seal
``tells("head", …)``    of a page of its own on which a case may be named: the people named get in,
                        and read nothing of a case that is hidden from them
``owned("mediator")``   of what one person keeps for herself: nobody else gets in
``elsewhere("test")``   guarded in a way that cannot be walked, shown by the test that is named
                        "tests/…/test_x.py::test_y"

*keys* is a function from a case to the arguments of its addresses, a list; by default the case's
own key; for doors of no case from the world to them; for those of things the name of the thing, or
a function from all of them (tests/journeys/leak_hung.py). Without any address in some situation the door
is not knocked at there. *post* tells that the door knows no GET. Who is who: tests/journeys/leak_cast.py.
"""

from dataclasses import dataclass, replace

from viewflow.workflow.models import Task

from arbitration.acts import ACTS
from disputes.domain.reveals import FIELDS
from disputes.models import Recusal
from law.models import DeadlineRule
from offices.duties import Role
from workflows.commission import WAYS

# How far somebody reaches into a case.
NOTHING, STATUS, OUTLINE, CONTENT = REACHES = ("nothing", "status", "outline", "content")


def of_case(case):
    """Return the arguments of an address that names the case itself."""
    return [case.pk]


def keys_of(*path):
    """Return a function from a case to the keys of its rows; *path* as in ``case.a.values("b")``."""
    name, column = (*path, "pk")[:2]
    return lambda case: list(getattr(case, name).order_by("pk").values_list(column, flat=True))


proceedings, materials, deadlines = map(keys_of, ("proceedings", "evidence", "deadlines"))


def recusals_of(case):
    """Return the keys of the recusals asked for in *case*."""
    return list(Recusal.objects.filter(proceeding__case=case).values_list("pk", flat=True))


def steps_of(case):
    """Return the keys of the human steps of *case*, the open ones first."""
    steps = Task.objects.filter(process__course__proceeding__case=case, flow_task_type="HUMAN")
    return list(steps.order_by("finished", "pk").values_list("pk", flat=True))


def outside_of(case):
    """Return the keys of the proceedings of *case* at organisations outside the house."""
    outside = case.proceedings.filter(office__handled_here=False)
    return list(outside.values_list("pk", flat=True))


def desk_of(case):
    """Return the keys of the proceedings of *case* at a commission."""
    return list(case.proceedings.filter(tier=3).values_list("pk", flat=True))


def paired(keys, words):
    """Return a function to the arguments that pair each of *keys* with each of *words*."""
    return lambda case: [(key, word) for key in keys(case) for word in words]


@dataclass(frozen=True)
class Door:
    """One line of the table; see the head of this file."""

    kind: str
    least: str = NOTHING
    served: tuple = ()
    keys: object = None
    post: bool = False
    asks: object = None
    words: tuple = ()
    test: str = ""
    above: str = ""
    lasting: bool = False
    named: str = ""

    def name_of(self, entry):
        """Return the name by which the address of the line *entry* is built."""
        return self.named or entry


def reads(least, *, keys=of_case, above="", post=False):
    """Show something of a case from *least* on, and to those who stand *above* its
    desk to "supervise" or to "inspect".
    """
    return Door("case", least, (), keys, post, above=above)


def acts(*served, keys=of_case, above="", lasting=False, post=False):
    """Do something in a case: whoever does not work on it is refused, *served* get in.

    *above* lets those above the desk in as well (see ``reads``), *lasting* those who worked on a case that was
    sent on.
    """
    return Door("act", CONTENT, served, keys, post, above=above, lasting=lasting)


def lists(*served, asks=lambda case: [{}], post=False, also=()):
    """List cases; *asks* is a function from a case to the queries (dicts) that could find it.

    *served* find their own case; *also* may enter and find nothing there.
    """
    return Door("list", STATUS, served, asks=asks, post=post, words=tuple(also))


def staff(*roles, keys=None, post=False):
    """Be open to *roles* and to nobody else; *keys* is a function from the world to arguments."""
    return Door("staff", served=roles, keys=keys, post=post)


def mine(*, keys=None, post=False):
    """Be about oneself, or about nobody."""
    return Door("mine", keys=keys, post=post)


def named(name, door):
    """Return *door* for a route that shares its URL's *name* with another."""
    return replace(door, named=name)


def public(*, keys=None, post=False):
    """Be open to everybody."""
    return Door("public", keys=keys, post=post)


def hangs(*served, keys, post=False):
    """Open a thing on a case to the people *served*, and to nobody through a wall or a seal."""
    return Door("hung", served=served, keys=keys, post=post)


def tells(*served, keys, post=False):
    """Open a page to the people *served* on which a case may be named."""
    return Door("told", served=served, keys=keys, post=post)


def owned(person, keys, *, post=False):
    """Open what *person* keeps for herself to her alone."""
    return Door("owned", served=(person,), keys=keys, post=post)


def elsewhere(test):
    """Be guarded in a way of its own, that *test* shows."""
    return Door("elsewhere", test=test)


def search(case):
    """Return what somebody would type to find *case*."""
    worker = case.parties.get(role="applicant")
    words = [worker.name, worker.name[1:], worker.id_number, worker.phone, worker.phone[-4:]]
    words += case.proceedings.values_list("number", flat=True)
    states = [{}, {"state": "all"}, {"state": "closed"}]
    return states + [{"q": word, "state": "all"} for word in [*words, case.matter_number]]


HEADS = ("head", "enterprise_head")
MEDIATORS = ("mediator", "enterprise_mediator", *HEADS)
FILING = (
    Role.STATION_REPORTER,
    Role.MEDIATOR,
    Role.HEAD,
    Role.FEDERATION_CLERK,
    Role.ARBITRATION_CLERK,
    Role.AID_ADMINISTRATOR,
)
COMMISSION = ("arbitration_clerk", "commission_head", "arbitrator")
SYSTEM, SECURITY = (Role.SYSTEM_ADMINISTRATOR,), (Role.SECURITY_ADMINISTRATOR,)
REGISTER = SYSTEM + SECURITY
LOG = (Role.AUDITOR, Role.AUDIT_ADMINISTRATOR)
LAW = (Role.SYSTEM_ADMINISTRATOR, Role.FEDERATION_CLERK)
WORKING = (*MEDIATORS, *COMMISSION)
# Who works on the case on which everything hangs, and who deals with legal aid.
DESK = ("mediator", "head")
AID = ("aid_administrator", "leader", "inspector")
FUND = (*AID, "accountant", "auditor")
CONVENER = ("coordinator",)
# With whom the item of the meeting is shared, and who is invited beside them.
SHARED = (*CONVENER, "court_liaison", "other_liaison")
INVITED = (*SHARED, "labour_liaison", "justice_liaison")


def every(things, *words):
    """Return a function from the things hung to the keys of *things*, each with each of *words*."""

    def keys(hung):
        found = tuple(getattr(hung, thing).pk for thing in things.split())
        return [(*found, *word) for word in words or ((),)]

    return keys


DOORS = {
    # Accounts, the register, people.
    "login": public(),
    "logout": mine(post=True),
    "set_language": public(post=True),
    "me": mine(),
    "password_change": mine(),
    "second_factor": mine(),
    "offices": staff(*REGISTER),
    "office_add": staff(*SYSTEM),
    "office_import": staff(*SYSTEM),
    **{
        f"office{name}": staff(
            *roles, keys=lambda world: [world.register.guta.pk], post=name in ("_close", "_reopen")
        )
        for name, roles in {
            "": REGISTER,
            "_edit": SYSTEM,
            "_close": SYSTEM,
            "_reopen": SYSTEM,
        }.items()
    },
    "people": staff(*REGISTER),
    "person_add": staff(*SYSTEM),
    **{
        f"person{name}": staff(
            *roles,
            keys=lambda world: [world.users["mediator"].pk],
            post=name not in ("", "_edit"),
        )
        for name, roles in {
            "": REGISTER,
            "_edit": SYSTEM,
            "_password": SYSTEM,
            "_off": REGISTER,
            "_on": SYSTEM,
            "_unlock": SECURITY,
            "_factor": SECURITY,
        }.items()
    },
    "posting_add": staff(*SECURITY),
    "posting_end": staff(
        *SECURITY, keys=lambda world: [world.users["mediator"].postings.first().pk]
    ),
    "absences": mine(),
    "absence_add": mine(),
    "absence_end": tells("mediator", "head", keys="absence", post=True),
    # What leaves the house, and its papers.
    "my_notices": mine(),
    "notice": owned("mediator", lambda hung: [(hung.notice.uid,)]),
    "notice_texts": staff(*SYSTEM),
    "notice_text": staff(*SYSTEM, keys=lambda world: ["deadline"]),
    "notice_text_usual": staff(*SYSTEM, keys=lambda world: ["deadline"], post=True),
    "outbox": staff(*SYSTEM),
    "outbox_again": staff(*SYSTEM, post=True),
    "outbox_resend": staff(*SYSTEM, keys=lambda world: [1], post=True),
    "paper_templates": staff(*SYSTEM),
    "paper_template": staff(*SYSTEM, keys=lambda world: ["acceptance_notice"]),
    "paper_template_version": staff(*SYSTEM, keys=lambda world: [("acceptance_notice", 1)]),
    "paper_template_file": staff(*SYSTEM, keys=lambda world: [("acceptance_notice", 1)]),
    "paper_template_page": staff(*SYSTEM, keys=lambda world: [("acceptance_notice", 1, 1)]),
    # The log.
    "audit": staff(*LOG),
    "audit_export": staff(*LOG, post=True),
    "audit_verify": staff(*LOG, post=True),
    "audit_printed": mine(post=True),
    "audit_proof_of": staff(*LOG),
    "audit_proof": staff(*LOG, keys=lambda world: [(world.cases["regional"].pk, 1)]),
    "audit_entry": staff(*LOG, keys=lambda world: [1]),
    # The law.
    "calculators": public(),
    "calculator": public(keys=lambda world: ["severance", "deadline"]),
    "law": mine(),
    "law_rule": mine(keys=lambda world: ["MED_CLOSE"]),
    "law_rule_change": staff(*LAW, keys=lambda world: [DeadlineRule.objects.first().pk]),
    "figures": mine(),
    "figure_add": staff(*LAW),
    "holidays": mine(),
    "holiday_notice": staff(*LAW),
    "holiday_year": mine(keys=lambda world: [2026]),
    "recount": staff(*LAW, keys=lambda world: [1]),
    "recount_again": staff(*LAW, keys=lambda world: [1], post=True),
    "api-calculators": public(),
    **{
        f"api-calculator-{name}": public()
        for name in (
            "deadline", "severance", "double-wage", "overtime", "annual-leave", "arrears",
            "probation", "non-compete", "injury",
        )
    },
    "schema": public(),
    # Filing.
    "intake": staff(*FILING),
    "intake_draft": staff(*FILING, post=True),
    "intake_discard": staff(*FILING, post=True),
    "intake_check": staff(
        *FILING, keys=lambda world: ["employer", "margin"], post=True
    ),
    "ledger": staff(Role.FEDERATION_CLERK),
    "ledger_import": tells("clerk", keys="ledger"),
    # No row was rejected: there is nothing to hand out.
    "ledger_rejects": tells(keys="ledger"),
    # Cases.
    "cases": lists(*MEDIATORS, *COMMISSION, asks=search, also=("reporter", "lawyer")),
    "case": reads(STATUS),
    "case_calculators": acts(*WORKING, "lawyer", lasting=True),
    "case_calculator": acts(
        *WORKING, "lawyer", keys=paired(of_case, ["severance"]), lasting=True
    ),
    "case_note": acts(*WORKING, "lawyer", lasting=True, post=True),
    "case_materials": acts(*WORKING, "lawyer", lasting=True, post=True),
    "uploads": lists(),
    "upload_begin": acts(*WORKING, "lawyer", lasting=True, post=True),
    **dict.fromkeys(
        ("upload", "upload_discard"),
        hangs("mediator", keys=lambda hung: [(hung.upload.uid,)], post=True),
    ),
    "case_proof": acts(
        *HEADS, keys=lambda case: [(case.pk, wall.user_id) for wall in case.walls.all()]
    ),
    "case_access": reads(CONTENT, above="inspect"),
    "case_seal": acts(*HEADS, "commission_head"),
    "case_name": acts(*HEADS, "commission_head"),
    "case_inspect": acts("leader", "inspector", above="inspect"),
    "recusal_ask": acts(*WORKING),
    "case_consents": acts(*WORKING),
    "name_strike": acts(*HEADS, keys=keys_of("named"), post=True),
    "grant_end": acts("inspector", keys=keys_of("grants"), post=True),
    "recusal": acts(*HEADS, keys=recusals_of, lasting=True),
    "declarations": mine(),
    "declaration_end": owned("mediator", "declaration", post=True),
    "party_field": reads(CONTENT, keys=paired(keys_of("parties"), FIELDS)),
    "material": reads(CONTENT, keys=materials),
    "material_preview": reads(CONTENT, keys=materials),
    "material_page": reads(CONTENT, keys=paired(materials, [1])),
    "deadline": reads(OUTLINE, keys=deadlines),
    "turn_clock": acts(*MEDIATORS, keys=paired(deadlines, ["suspend"]), lasting=True),
    "step": acts("mediator", "enterprise_mediator", keys=steps_of),
    "arbitrate": acts(*MEDIATORS),
    "withdraw": acts(*MEDIATORS, "arbitration_clerk"),
    "step_back": acts(*MEDIATORS, "arbitrator"),
    "handler": acts(*HEADS, "commission_head"),
    "hand_on": acts(*HEADS),
    "join": acts(*HEADS),
    # Nothing is joined here: there is nothing to part.
    "sever": acts(),
    "hand_back": acts(),
    "ask_above": acts(),
    "designate": acts("commission_head"),
    "reopen": acts(),
    "place": acts("leader", "clerk", above="supervise"),
    # Lists.
    "worklist": lists("mediator", "enterprise_mediator"),
    "inbox": lists(),
    "inbox_read": mine(post=True),
    "to_confirm": lists(),
    "confirm": acts(keys=proceedings),
    "stuck": staff(*SYSTEM),
    "retry": staff(*SYSTEM, keys=lambda world: [1], post=True),
    # Other organisations.
    "handovers": lists(),
    "handover_package": acts(keys=outside_of),
    "handover_number": acts(keys=outside_of),
    "write_back": lists(post=True),
    # Legal aid.
    "aid": lists(),
    "pool": lists(),
    "duty_roster": lists(),
    "lawyer_add": staff(Role.AID_ADMINISTRATOR),
    "firm_add": staff(Role.AID_ADMINISTRATOR),
    "duty_add": staff(Role.AID_ADMINISTRATOR),
    **{
        name: tells("aid_administrator", keys=thing, post=name == "duty_remove")
        for name, thing in {
            "lawyer_edit": "lawyer", "lawyer_leave": "lawyer", "duty_remove": "duty",
            "firm_edit": lambda hung: [(hung.lawyer.firm_id,)] if hung.lawyer.firm_id else [],
        }.items()
    },
    "consultations": lists(),
    "consultation_add": lists(),
    "consultation": hangs("reporter", "lawyer", "aid_administrator", keys="consultation"),
    "consultation_act": hangs(
        "reporter", "lawyer", "aid_administrator", keys=every("consultation", ("cancel",))
    ),
    "applications": lists(),
    "application": hangs(*AID, *DESK, "lawyer", keys="application"),
    "application_act": hangs("aid_administrator", keys=every("application", ("change",))),
    "aid_apply": hangs(*DESK, "reporter", "lawyer", keys=every("case")),
    "matters": lists(),
    "case_aid": hangs(*DESK, "lawyer", "reporter", keys=every("case")),
    "case_ask": acts(),
    "review": hangs("lawyer", keys="review"),
    "review_draft": hangs("lawyer", keys="review", post=True),
    # She has no material to read or to annotate, and has taken the review: nothing is served.
    "review_annotate": hangs(keys="review", post=True),
    "review_page": hangs(keys=every("review", (1, 1))),
    "review_act": hangs(keys=every("review", ("decline",))),
    "review_submit": hangs("lawyer", keys="review", post=True),
    "review_opinion": hangs(*DESK, *AID, "lawyer", keys="opinion"),
    "review_return": hangs("head", keys="opinion"),
    "payment": tells(*FUND, keys="payment"),
    "enclosure": hangs(*FUND, keys="voucher"),
    "payment_act": tells("leader", "inspector", keys=every("payment", ("decide",))),
    "aid_paper": hangs(*AID, "lawyer", keys=every("letter", ("word",))),
    "aid_paper_void": hangs("aid_administrator", keys="letter", post=True),
    **dict.fromkeys(
        (
            "fund", "project_add", "standard_add", "books", "subsidy_sheet", "payments",
            "payment_add", "aid_statistics", "sheet_issue",
        ),
        lists(),
    ),
    "engagement": hangs("lawyer", keys="engagement"),
    "engagement_act": hangs("lawyer", keys=every("engagement", ("log",))),
    # The whole file of a case.
    "case_dossiers": reads(CONTENT),
    **dict.fromkeys(("dossier", "dossier_pdf"), hangs("mediator", keys="dossier")),
    # Papers of a case.
    "case_papers": reads(CONTENT),
    "case_facts": reads(CONTENT),
    "case_evidence": reads(CONTENT),
    "case_evidence_act": acts(*MEDIATORS, keys=paired(of_case, ["list"])),
    # Service of papers.
    "case_service": reads(CONTENT),
    "case_service_many": acts(*WORKING, lasting=True),
    "services": lists(),
    "service": hangs(*DESK, "lawyer", *SHARED, keys="service"),
    "service_act": hangs(*DESK, keys=every("service", ("prove",))),
    "service_handed": hangs(*DESK, keys="service", post=True),
    # This paper goes to nobody: there is nothing to serve.
    "paper_serve": hangs(keys="paper", post=True),
    "paper_draft": acts(*WORKING, "lawyer", keys=paired(of_case, ["power_of_attorney"]), lasting=True),
    **dict.fromkeys(("paper", "paper_word"), hangs(*DESK, "lawyer", keys="paper")),
    "paper_pdf": hangs(*DESK, "lawyer", keys="paper"),
    # Without the program that makes PDF there are no pages to show to anybody.
    "paper_page": hangs(keys=every("paper", (1,))),
    "paper_void": hangs(*DESK, keys="paper", post=True),
    "paper_draft_page": hangs(keys=lambda hung: [(hung.case.pk, f"{hung.case.pk}-0", 1)]),
    **dict.fromkeys(
        ("paper_batch", "paper_batch_archive", "paper_batch_book"),
        hangs(*DESK, "lawyer", keys="batch"),
    ),
    # Terms, signatures, performance.
    **{
        f"agreement_{name}": hangs(*DESK, keys="proceeding", post=name == "take_back")
        for name in ("after", "sign", "terms", "take_back")
    },
    # Nobody applies jointly before the agreement is signed.
    "agreement_apply": hangs(keys="proceeding", post=True),
    "instalment": hangs(*DESK, keys="instalment"),
    "agreement_result": hangs(*DESK, keys="settled", post=True),
    "performances": lists(),
    # Sessions and what one side said alone.
    "mediation_sessions": hangs(*DESK, keys="proceeding"),
    "planned_session": hangs(*DESK, keys=every("proceeding session"), post=True),
    "record_draft": hangs(*DESK, keys="proceeding", post=True),
    "case_counsel": acts(*HEADS, keys=paired(of_case, ["capacity"])),
    "responses": lists(),
    "response": hangs(*DESK, keys="response"),
    "response_limits": mine(),
    "response_limit_add": staff(*LAW),
    # Many workers.
    "roster": reads(CONTENT),
    "roster_template": reads(CONTENT),
    "roster_export": reads(CONTENT),
    "roster_election": acts(),
    "roster_consents": acts(),
    # No line was refused: there is nothing to hand out.
    "roster_rejects": hangs(keys=every("case")),
    "member": hangs(*DESK, "lawyer", *SHARED, keys=lambda hung: [(hung.case.pk, hung.member.number)]),
    "member_act": hangs(*DESK, keys=lambda hung: [(hung.case.pk, hung.member.number, "alone")]),
    "merge": acts(*HEADS, "leader", "clerk", above="supervise"),
    "unmerge": acts(above="supervise"),
    # Giving files out.
    "distribution": lists(),
    "leavers": lists(),
    "staff": lists(),
    "leaver": tells("head", keys=lambda hung: [(hung.proceeding.handler_id,)]),
    "staff_skills": tells("head", keys=lambda hung: [(hung.proceeding.handler_id,)]),
    # The joint meeting.
    "meetings": lists(),
    "meeting_new": lists(),
    "meeting_rooms": lists(),
    **dict.fromkeys(
        (
            "meeting", "meeting_live", "meeting_attendance", "meeting_sign_in", "meeting_minutes",
        ),
        tells(*INVITED, keys="meeting"),
    ),
    **dict.fromkeys(
        ("meeting_edit", "meeting_cancel", "meeting_agenda", "meeting_people", "meeting_sheet"),
        tells(*CONVENER, keys="meeting"),
    ),
    **dict.fromkeys(
        ("meeting_agenda_add", "meeting_invite", "meeting_turn"),
        tells(*CONVENER, keys="meeting", post=True),
    ),
    "meeting_reply": tells(*INVITED, keys="meeting", post=True),
    "meeting_room": tells(*CONVENER, "administrator", keys="room"),
    "meeting_actions": lists(),
    "meeting_action": hangs(
        *SHARED, keys="action"
    ),
    "meeting_item": hangs(*CONVENER, keys=every("meeting item")),
    "meeting_item_move": hangs(*CONVENER, keys=every("meeting item"), post=True),
    "meeting_leave": hangs(*CONVENER, keys=every("meeting item"), post=True),
    "meeting_hand_in": hangs(*CONVENER, keys=every("meeting item"), post=True),
    "meeting_material": hangs(
        *SHARED, keys=every("meeting material")
    ),
    "meeting_preview": tells(
        *CONVENER,
        keys=lambda hung: [(hung.meeting.pk, hung.meeting.office_id)],
    ),
    "meeting_minutes_paper": tells(
        *CONVENER, keys=lambda hung: [(hung.meeting.pk, hung.meeting.office_id)]
    ),
    "meeting_person": tells(*CONVENER, keys=every("meeting guest"), post=True),
    "meeting_tick": tells(*CONVENER, keys=every("meeting guest"), post=True),
    "meeting_feeds": mine(),
    "meeting_busy_calendar": mine(post=True),
    "meeting_feed_stop": owned("coordinator", "feed", post=True),
    **dict.fromkeys(("meeting_feed", "meeting_busy"), public(keys=lambda world: ["wrong"])),
    "meeting_answer": public(keys=lambda world: ["wrong"]),
    "meeting_mail": lists(),
    "meeting_mail_settle": tells(*CONVENER, keys="mail", post=True),
    "meeting_liaisons": lists(),
    "meeting_liaison_end": tells(*CONVENER, keys="liaison", post=True),
    "dispatches": lists(),
    "dispatch_new": lists(),
    "dispatch_kinds": lists(),
    "dispatch": hangs(*CONVENER, "labour_liaison", keys="dispatch"),
    "dispatch_kind": tells(*CONVENER, keys="kind"),
    "case_meeting": acts(),
    # Programs.
    "interface": mine(),
    "my_tokens": mine(),
    "webhooks": mine(),
    "webhook": owned("mediator", "webhook"),
    **dict.fromkeys(
        ("webhook_end", "webhook_rotate", "webhook_resend"),
        owned("mediator", "webhook", post=True),
    ),
    "token_revoke": owned("mediator", "token", post=True),
    "api-offices": mine(),
    "api-office": mine(keys=lambda world: [world.register.guta.pk]),
    "api-cases": lists("mediator", "head", asks=search),
    "api-cases-together": lists(post=True),
    "api-tasks": lists(),
    "api-aids": lists(),
    "api-meetings": lists(),
    "api-aid": hangs(*AID, *DESK, "lawyer", keys="application"),
    "api-meeting": tells(*INVITED, keys="meeting"),
    "api-case": reads(STATUS),
    "api-proceedings": reads(STATUS),
    "api-proceeding": reads(STATUS, keys=proceedings),
    "api-deadlines": reads(OUTLINE),
    "api-deadline": reads(OUTLINE, keys=deadlines),
    "api-timeline": reads(CONTENT),
    "api-documents": reads(CONTENT),
    "api-document": reads(CONTENT, keys=materials),
    "api-document-content": reads(CONTENT, keys=materials),
    "api-sessions": reads(STATUS),
    "api-agreements": reads(STATUS),
    "api-papers": reads(CONTENT),
    "api-services": reads(CONTENT),
    **dict.fromkeys(
        (
            "api-service-proof", "api-service-sending", "api-service-return",
            "api-service-correction",
        ),
        hangs(*DESK, keys="service", post=True),
    ),
    "api-service": hangs(*DESK, "lawyer", *SHARED, keys="service"),
    "api-paper-kinds": acts(*WORKING, "lawyer", lasting=True),
    **dict.fromkeys(
        ("api-paper", "api-paper-word", "api-paper-pdf"), hangs(*DESK, "lawyer", keys="paper")
    ),
    "api-paper-void": hangs(*DESK, keys="paper", post=True),
    "api-planned-sessions": hangs(*DESK, keys="proceeding"),
    "api-planned-session": hangs(*DESK, keys="session"),
    **dict.fromkeys(
        ("api-planned-session-cancel", "api-planned-session-notice"),
        hangs(*DESK, keys="session", post=True),
    ),
    "api-session-record": hangs("mediator", keys="proceeding", post=True),
    "api-agreement": hangs(*DESK, "lawyer", keys="proceeding"),
    "api-agreement-signatures": hangs(*DESK, keys="proceeding", post=True),
    "api-agreement-joint-application": hangs(keys="proceeding", post=True),
    "api-instalment": hangs(*DESK, keys="instalment"),
    "api-instalment-performance": hangs(*DESK, keys="instalment", post=True),
    "api-meeting-agenda": tells(*INVITED, keys="meeting"),
    **dict.fromkeys(
        ("api-meeting-cancel", "api-meeting-invite"), tells(*CONVENER, keys="meeting", post=True)
    ),
    "api-meeting-reply": tells(*INVITED, keys="meeting", post=True),
    "api-matters": lists(),
    "api-consultations": lists(),
    "api-case-aid": hangs(*DESK, "reporter", "lawyer", keys=every("case"), post=True),
    "api-matter": hangs("lawyer", keys="engagement"),
    **{
        f"api-aid-{act}": hangs("aid_administrator", keys="application", post=True)
        for act in (
            "ahead", "assign", "opinion", "decide", "object", "change", "rate", "quality", "end",
        )
    },
    "api-aid-review": hangs("leader", "inspector", keys="application", post=True),
    **{
        f"api-matter-{act}": hangs("lawyer", keys="engagement", post=True)
        for act in ("accept", "conflict", "decline", "log", "close")
    },
    "api-consultation": hangs("reporter", "lawyer", "aid_administrator", keys="consultation"),
    "api-consultation-record": hangs("lawyer", "aid_administrator", keys="consultation", post=True),
    "api-consultation-cancel": hangs(
        "reporter", "lawyer", "aid_administrator", keys="consultation", post=True
    ),
    "api-task": reads(STATUS, keys=steps_of),
    "api-task-claim": acts(keys=steps_of, post=True),
    "api-task-complete": acts(keys=steps_of, post=True),
    "api-task-reassign": acts(keys=steps_of, post=True),
    # Agreements under review: the commission sees what was handed in, not the case.
    "agreement_reviews": lists(),
    "agreement_review_new": staff(Role.ARBITRATION_CLERK),
    "agreement_review": hangs(*COMMISSION, keys="agreement_review"),
    "agreement_review_act": hangs(
        "commission_head", "arbitrator", keys=every("agreement_review", ("statement",))
    ),
    "agreement_review_issue": hangs(*COMMISSION, keys="agreement_review", post=True),
    **dict.fromkeys(
        ("agreement_review_word", "agreement_review_pdf"),
        hangs(
            *COMMISSION,
            keys=lambda hung: [(hung.agreement_review.pk, hung.agreement_paper.paper_id)],
        ),
    ),
    # The commission.
    "docket": lists(*COMMISSION),
    "hearings": lists(),
    "remedies": lists(),
    "desk": acts(*COMMISSION, keys=desk_of),
    "desk_act": acts(*COMMISSION, keys=paired(desk_of, ACTS)),
    "commission_way": acts("commission_head", keys=paired(desk_of, WAYS)),
}  # fmt: skip
