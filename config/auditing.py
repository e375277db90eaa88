"""What the audit log covers in this house. Labels are in small letters: "room.model"."""

AUDIT = {
    # To which every row is traced that can be, and who knows cases by their numbers.
    "CASE": "disputes.Case",
    "CASES_BY_NUMBER": "disputes.domain.search.cases_by_number",
    "NUMBERS_OF_CASES": "disputes.domain.search.numbers_of_cases",
    # Tables whose changes are not recorded, and why.
    "UNRECORDED": {
        "disputes.draft": "nobody else reads it before it is filed, and then it is a case",
        "disputes.draftfile": "the same",
        "disputes.numberseries": "the numbers stand in cases and proceedings",
        "papers.paperseries": "the numbers stand on the papers",
        "disputes.timelineentry": "append-only by itself, with who and when",
        "disputes.clockevent": "append-only by itself, with who and when",
        "disputes.deadlinechange": "append-only by itself, and the deadline is recorded",
        "notices.notice": "follows from what is recorded",
        "offices.booking": "follows from hearings, sessions and meetings, which are recorded",
        "notices.message": "the same; attempts and who sent it again stand in the row",
        "notices.digestline": "waits to be sent, not an act",
        "notices.route": "what is down at the moment, not an act",
        "offices.usedpassword": "follows from the password, which is recorded as changed",
        "workflows.stucktimer": "a fault of the house, not an act",
    },
    # Text that the auditor reads as it is: organisations, accounts, numbers, the law.
    "PLAIN": {
        "offices.office": (
            "name", "short_name", "county", "industry", "credit_code", "path",
        ),
        "offices.user": ("username", "name"),
        "disputes.case": ("matter_number",),
        "disputes.proceeding": ("number",),
        "disputes.reveal": ("field",),
        "disputes.recomputerun": ("number",),
        "offices.room": ("name", "site"),
        "legal_aid.firm": ("name", "licence_number", "credit_code"),
        "legal_aid.lawyer": ("licence_number", "specialities", "areas"),
        "papers.paper": ("kind", "title", "number"),
        "papers.papertemplate": ("kind", "note"),
        "law.calendarday": "*",
        "law.deadlinerule": "*",
        "law.holidaynotice": "*",
        "law.localparameter": "*",
    },
    # Not text, and still not for the auditor: personal, or what mediation and lawyers keep.
    "HIDDEN": {
        "disputes.party": ("sex", "is_migrant", "is_dispatched", "employment_form", "id_type"),
        "disputes.member": ("period_from", "period_to", "amount", "signed", "left_on"),
        "disputes.settlementconsent": ("given",),
        "disputes.memberresult": ("result", "amount"),
        "mediation.agreement": ("amount",),
        "legal_aid.review": ("recommendation", "risk"),
        "legal_aid.consultation": ("is_migrant", "cause", "result"),
    },
    # Columns that follow from others, or count how far something has come.
    "SKIPPED": {
        "disputes.case": ("filing_token",),
        "disputes.party": ("name_pairs", "id_index", "phone_index", "phone_tail_index"),
        "disputes.proceeding": ("number_key",),
        "disputes.deadline": ("alarmed_at", "overdue_alarmed_at"),
        "disputes.ledgerimport": (
            "rows", "imported", "unchanged", "rejected", "report", "expected_lines",
        ),
        "disputes.rosterupload": ("report",),
        "offices.user": ("last_login",),
        "offices.secondfactor": ("last_step", "failures", "failed_at"),
    },
    # Which object an address names: beginning of the route, its part, the label.
    "OBJECTS": [
        ("cases/<key:pk>/", "pk", "disputes.case"),
        ("parties/<key:pk>/", "pk", "disputes.party"),
        ("materials/<key:pk>/", "pk", "disputes.evidence"),
        ("deadlines/<key:pk>/", "pk", "disputes.deadline"),
        ("names/<key:pk>/", "pk", "disputes.named"),
        ("grants/<key:pk>/", "pk", "disputes.casegrant"),
        ("recusals/<key:pk>/", "pk", "disputes.recusal"),
        ("me/ties/<key:pk>/", "pk", "disputes.declaration"),
        ("steps/<key:pk>/", "pk", "viewflow.task"),
        ("background/<key:pk>/", "pk", "viewflow.task"),
        ("ledger/to-confirm/<key:pk>/", "pk", "disputes.proceeding"),
        ("arbitration/<key:pk>/", "pk", "disputes.proceeding"),
        ("aid/pool/<key:pk>/", "pk", "legal_aid.lawyer"),
        ("aid/firms/<key:pk>/", "pk", "legal_aid.firm"),
        ("aid/roster/<key:pk>/", "pk", "legal_aid.duty"),
        ("aid/consultations/<key:pk>/", "pk", "legal_aid.consultation"),
        ("course/<key:pk>/", "pk", "disputes.proceeding"),
        ("handovers/<key:pk>/", "pk", "disputes.proceeding"),
        ("ledger/<key:pk>/", "pk", "disputes.ledgerimport"),
        ("law/rules/<key:pk>/", "pk", "law.deadlinerule"),
        ("law/recounts/<key:pk>/", "pk", "disputes.recomputerun"),
        ("offices/<int:pk>/", "pk", "offices.office"),
        ("people/<int:pk>/", "pk", "offices.user"),
        ("postings/<int:pk>/", "pk", "offices.posting"),
        ("absences/<int:pk>/", "pk", "offices.absence"),
        ("texts/<slug:kind>/", "kind", "notices.noticetext"),
        ("inbox/<uuid:uid>/", "uid", "notices.notice"),
        ("outbox/<key:pk>/", "pk", "notices.message"),
        ("audit/<int:pk>/", "pk", "audit.auditentry"),
        ("audit/proof/<int:case>/<int:person>/", "case", "disputes.case"),
    ],
    # Doors that show something else than their address says: name of the URL, action.
    "DOORS": {
        "material": "file",
        "ledger_rejects": "export",
        "roster_export": "export",
        "roster_rejects": "export",
        # Who reads a proof does not open the case.
        "audit_proof": "list",
        "case_proof": "list",
    },
    # Doors behind which nobody reads anything of others.
    "SILENT": {
        "login", "logout", "set_language", "me", "password_change", "second_factor", "inbox",
        "notice",
        "my_notices",
        "declarations", "intake_draft", "intake_discard", "intake_check", "audit_printed",
        # Masked without a reason; with one, the row that keeps the reason is recorded.
        "party_field",
    },
    # Rows that are themselves the trace of something else, and columns that say what for.
    "ADDING_IS": {"disputes.reveal": "reveal"},
    "REASONS": {
        "disputes.reveal": "reason",
        "disputes.casegrant": "reason",
        "disputes.wall": "reason",
    },
}  # fmt: skip
