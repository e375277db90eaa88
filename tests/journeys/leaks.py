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
``elsewhere("test")``   guarded in another way, shown by the test named "tests/…/test_x.py::test_y"

*keys* is a function from a case to the arguments of its addresses, a list; by default the case's
own key; for doors of no case from the world to them. Without any address in some situation the door
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
    "absence_end": elsewhere(
        "tests/offices/test_absences.py::"
        "test_a_colleague_neither_enters_nor_ends_the_absence_of_another"
    ),
    # What leaves the house, and its papers.
    "my_notices": mine(),
    "notice": elsewhere(
        "tests/notices/test_fanout.py::test_the_link_opens_the_page_and_marks_the_notice_as_read"
    ),
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
    "intake_check": elsewhere(
        "tests/disputes/test_intake_page.py::"
        "test_a_possible_duplicate_is_named_only_when_it_may_be_seen"
    ),
    "ledger": staff(Role.FEDERATION_CLERK),
    "ledger_import": elsewhere(
        "tests/disputes/ledger/test_ledger_page.py::"
        "test_an_import_of_another_federation_does_not_exist"
    ),
    "ledger_rejects": elsewhere(
        "tests/disputes/ledger/test_ledger_page.py::"
        "test_a_colleague_without_the_duty_reads_403_everywhere"
    ),
    # Cases.
    "cases": lists(*MEDIATORS, *COMMISSION, asks=search, also=("reporter", "lawyer")),
    "case": reads(STATUS),
    "case_calculators": acts(*WORKING, "lawyer", lasting=True),
    "case_calculator": acts(
        *WORKING, "lawyer", keys=paired(of_case, ["severance"]), lasting=True
    ),
    "case_note": acts(*WORKING, "lawyer", lasting=True, post=True),
    "case_materials": acts(*WORKING, "lawyer", lasting=True, post=True),
    "upload_begin": acts(*WORKING, "lawyer", lasting=True, post=True),
    **dict.fromkeys(
        ("upload", "upload_discard"),
        elsewhere(
            "tests/disputes/test_uploading.py::"
            "test_it_is_hers_alone_and_asks_at_each_piece_who_she_is"
        ),
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
    "declaration_end": elsewhere(
        "tests/disputes/test_conflicts.py::"
        "test_ties_are_declared_on_a_page_and_read_by_nobody_else"
    ),
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
    "sever": acts(*HEADS),
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
    **dict.fromkeys(
        ("lawyer_edit", "lawyer_leave", "firm_edit", "duty_remove"),
        elsewhere("tests/legal_aid/test_pool.py::test_others_do_not_change_the_pool"),
    ),
    "consultations": lists(),
    "consultation_add": lists(),
    **dict.fromkeys(
        ("consultation", "consultation_act"),
        elsewhere("tests/legal_aid/test_consultations.py::"
            "test_it_is_read_by_the_lawyer_the_centre_and_who_booked_it"),
    ),
    **dict.fromkeys(
        ("applications", "application", "application_act", "aid_apply"),
        elsewhere("tests/legal_aid/test_applications.py::test_a_stranger_finds_nothing"),
    ),
    "matters": lists(),
    "case_aid": elsewhere("tests/journeys/test_doors.py::test_a_mediator_of_another_district_finds_nothing"),
    "case_ask": acts(),
    **dict.fromkeys(
        (
            "review", "review_draft", "review_annotate", "review_opinion", "review_return",
            "review_act", "review_page", "review_submit",
        ),
        elsewhere("tests/legal_aid/test_permissions.py::test_no_other_office_reads_it"),
    ),
    **dict.fromkeys(
        ("aid_paper", "aid_paper_void"),
        elsewhere("tests/legal_aid/test_aid_papers.py::test_who_reads_which_paper"),
    ),
    **dict.fromkeys(
        ("payment", "payment_act", "enclosure"),
        elsewhere("tests/legal_aid/test_fund.py::test_strangers_to_the_fund"),
    ),
    **dict.fromkeys(
        (
            "fund", "project_add", "standard_add", "books", "subsidy_sheet", "payments",
            "payment_add", "aid_statistics", "sheet_issue",
        ),
        lists(),
    ),
    **dict.fromkeys(
        ("engagement", "engagement_act"),
        elsewhere("tests/legal_aid/test_assignment.py::test_a_lawyer_sees_her_own_assignments_only"),
    ),
    # The whole file of a case.
    "case_dossiers": reads(CONTENT),
    **dict.fromkeys(
        ("dossier", "dossier_pdf"),
        elsewhere("tests/disputes/test_dossiers.py::test_nobody_else_finds_it"),
    ),
    # Papers of a case.
    "case_papers": reads(CONTENT),
    "case_facts": reads(CONTENT),
    "case_evidence": reads(CONTENT),
    "case_evidence_act": acts(*MEDIATORS, keys=paired(of_case, ["list"])),
    # Service of papers.
    "case_service": reads(CONTENT),
    "case_service_many": acts(*WORKING, lasting=True),
    "services": elsewhere("tests/disputes/test_service.py::test_the_list_of_the_desk"),
    **dict.fromkeys(
        ("service", "service_act", "service_handed", "paper_serve"),
        elsewhere("tests/disputes/test_service.py::test_a_stranger_finds_no_service"),
    ),
    "paper_draft": acts(*WORKING, "lawyer", keys=paired(of_case, ["power_of_attorney"]), lasting=True),
    **dict.fromkeys(
        ("paper", "paper_word", "paper_pdf", "paper_page", "paper_void", "paper_draft_page"),
        elsewhere("tests/disputes/test_case_papers.py::test_a_stranger_finds_no_paper"),
    ),
    **dict.fromkeys(
        ("paper_batch", "paper_batch_archive", "paper_batch_book"),
        elsewhere("tests/disputes/test_paper_batches.py::test_a_batch_is_for_its_desk"),
    ),
    # Terms, signatures, performance.
    **dict.fromkeys(
        (
            "agreement_after", "agreement_sign", "agreement_terms", "agreement_take_back",
            "agreement_apply", "agreement_result", "instalment",
        ),
        elsewhere("tests/mediation/test_terms.py::test_the_pages_are_for_those_who_work_on_it"),
    ),
    "performances": lists(),
    # Sessions and what one side said alone.
    **dict.fromkeys(
        ("mediation_sessions", "planned_session", "record_draft"),
        elsewhere(
            "tests/mediation/test_planning.py::test_a_caucus_note_is_seen_by_the_office_alone"
        ),
    ),
    "case_counsel": acts(*HEADS, keys=paired(of_case, ["capacity"])),
    "responses": lists(),
    "response": elsewhere(
        "tests/disputes/test_responses.py::"
        "test_strangers_find_nothing_and_readers_do_not_record"
    ),
    "response_limits": mine(),
    "response_limit_add": staff(*LAW),
    # Many workers.
    "roster": reads(CONTENT),
    "roster_template": reads(CONTENT),
    "roster_export": reads(CONTENT),
    "roster_election": acts(),
    "roster_consents": acts(),
    "roster_rejects": elsewhere(
        "tests/journeys/test_doors.py::test_a_mediator_of_another_district_finds_nothing"
    ),
    **dict.fromkeys(
        ("member", "member_act"),
        elsewhere("tests/journeys/test_doors.py::test_a_mediator_of_another_district_finds_nothing"),
    ),
    "merge": acts(*HEADS, "leader", "clerk", above="supervise"),
    "unmerge": acts(above="supervise"),
    # Giving files out.
    "distribution": lists(),
    "leavers": lists(),
    "staff": lists(),
    **dict.fromkeys(
        ("leaver", "staff_skills"),
        elsewhere(
            "tests/workflows/test_distribution.py::test_a_head_of_another_office_sees_nothing_of_it"
        ),
    ),
    # The joint meeting.
    "meetings": lists(),
    "meeting_new": lists(),
    "meeting_rooms": lists(),
    **dict.fromkeys(
        ("meeting", "meeting_edit", "meeting_cancel"),
        elsewhere(
            "tests/mediation/meetings/test_calendar_pages.py::"
            "test_a_meeting_page_is_for_those_whom_it_concerns"
        ),
    ),
    "meeting_room": elsewhere(
        "tests/mediation/meetings/test_calendar_pages.py::"
        "test_rooms_are_entered_and_taken_out_of_use"
    ),
    **dict.fromkeys(
        (
            "meeting_actions", "meeting_action", "meeting_invite", "meeting_reply",
            "meeting_agenda", "meeting_agenda_add", "meeting_item", "meeting_item_move",
            "meeting_hand_in", "meeting_leave", "meeting_material", "meeting_preview",
            "meeting_people", "meeting_person", "meeting_tick", "meeting_turn", "meeting_live",
            "meeting_attendance", "meeting_sign_in", "meeting_sheet", "meeting_minutes",
            "meeting_minutes_paper",
        ),
        elsewhere(
            "tests/mediation/meetings/test_meeting_pages.py::"
            "test_strangers_find_nothing_and_members_are_refused_what_is_not_theirs"
        ),
    ),
    **dict.fromkeys(
        (
            "meeting_feeds", "meeting_feed_stop", "meeting_feed", "meeting_busy",
            "meeting_busy_calendar",
        ),
        elsewhere(
            "tests/mediation/meetings/test_feeds.py::"
            "test_nobody_stops_the_subscription_of_another"
        ),
    ),
    **dict.fromkeys(
        ("meeting_answer", "meeting_mail", "meeting_mail_settle"),
        elsewhere(
            "tests/mediation/meetings/test_invitations.py::"
            "test_a_link_ends_with_a_change_and_after_thirty_days"
        ),
    ),
    "meeting_liaisons": lists(),
    "meeting_liaison_end": elsewhere(
        "tests/mediation/meetings/test_liaisons.py::"
        "test_a_coordinator_keeps_the_officers_and_nobody_else"
    ),
    "dispatches": lists(),
    "dispatch_new": lists(),
    "dispatch_kinds": lists(),
    **dict.fromkeys(
        ("dispatch", "dispatch_kind"),
        elsewhere(
            "tests/mediation/test_dispatches.py::"
            "test_only_the_two_sides_know_of_it_and_only_coordinators_keep_the_kinds"
        ),
    ),
    "case_meeting": acts(),
    # Programs.
    "interface": mine(),
    "my_tokens": mine(),
    "webhooks": mine(),
    **dict.fromkeys(
        ("webhook", "webhook_end", "webhook_rotate", "webhook_resend"),
        elsewhere("tests/workflows/test_events.py::test_a_webhook_of_somebody_else_is_not_found"),
    ),
    "token_revoke": elsewhere("tests/offices/test_tokens.py::test_nobody_revokes_the_token_of_another"),
    "api-offices": mine(),
    "api-office": mine(keys=lambda world: [world.register.guta.pk]),
    "api-cases": lists("mediator", "head", asks=search),
    "api-cases-together": lists(post=True),
    "api-tasks": lists(),
    "api-aids": lists(),
    "api-meetings": lists(),
    **dict.fromkeys(
        ("api-aid", "api-meeting"), elsewhere("tests/journeys/test_api_doors.py::test_what_is_not_there_for_her_is_not_found")
    ),
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
            "api-service", "api-service-proof", "api-service-sending", "api-service-return",
            "api-service-correction",
        ),
        elsewhere("tests/disputes/test_service.py::test_a_stranger_finds_no_service"),
    ),
    "api-paper-kinds": acts(*WORKING, "lawyer", lasting=True),
    **dict.fromkeys(
        ("api-paper", "api-paper-word", "api-paper-pdf", "api-paper-void"),
        elsewhere("tests/disputes/test_papers_api.py::test_a_stranger_finds_no_paper"),
    ),
    **dict.fromkeys(
        (
            "api-planned-sessions", "api-planned-session", "api-planned-session-cancel",
            "api-planned-session-notice", "api-session-record", "api-agreement",
            "api-agreement-signatures", "api-agreement-joint-application", "api-instalment",
            "api-instalment-performance",
        ),
        elsewhere(
            "tests/mediation/test_api.py::test_strangers_find_nothing_and_readers_do_not_act"
        ),
    ),
    **dict.fromkeys(
        (
            "api-meeting-agenda", "api-meeting-cancel", "api-meeting-invite", "api-meeting-reply",
        ),
        elsewhere(
            "tests/mediation/meetings/test_api.py::"
            "test_who_is_invited_answers_and_others_know_nothing"
        ),
    ),
    "api-matters": lists(),
    "api-consultations": lists(),
    **dict.fromkeys(
        (
            "api-case-aid", "api-matter",
            *(f"api-aid-{act}" for act in (
                "ahead", "assign", "opinion", "decide", "object", "review", "change", "rate",
                "quality", "end",
            )),
            *(f"api-matter-{act}" for act in ("accept", "conflict", "decline", "log", "close")),
        ),
        elsewhere("tests/legal_aid/test_api.py::test_a_stranger_finds_nothing"),
    ),
    **dict.fromkeys(
        ("api-consultation", "api-consultation-record", "api-consultation-cancel"),
        elsewhere(
            "tests/legal_aid/test_api.py::test_a_talk_is_booked_written_down_and_its_asker_masked"
        ),
    ),
    "api-task": reads(STATUS, keys=steps_of),
    "api-task-claim": acts(keys=steps_of, post=True),
    "api-task-complete": acts(keys=steps_of, post=True),
    "api-task-reassign": acts(keys=steps_of, post=True),
    # Agreements under review: the commission sees what was handed in, not the case.
    "agreement_reviews": lists(),
    "agreement_review_new": staff(Role.ARBITRATION_CLERK),
    **dict.fromkeys(
        (
            "agreement_review", "agreement_review_act", "agreement_review_issue",
            "agreement_review_word", "agreement_review_pdf",
        ),
        elsewhere(
            "tests/workflows/test_reviewing.py::"
            "test_nothing_of_the_mediation_travels_and_strangers_find_nothing"
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
