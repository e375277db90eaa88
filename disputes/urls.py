"""The doors of the record."""

from django.urls import path, register_converter

from disputes.views import (
    access,
    batches,
    calculations,
    case,
    cases,
    clockevents,
    consents,
    counsel,
    deadlines,
    declarations,
    dossiers,
    evidence,
    facts,
    holidays,
    intake,
    ledger,
    materials,
    papers,
    personal,
    proofs,
    recounts,
    recusals,
    responses,
    roster,
    rules,
    service,
    uploads,
)


class KeyConverter:
    """A primary key: a whole number that PostgreSQL can hold."""

    regex = "[0-9]{1,18}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class IntakePartConverter:
    """A part of the intake form that follows from what is written."""

    regex = "employer|margin"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class CounselConverter:
    """What is done about respondents and claims that go elsewhere."""

    regex = "respondent|capacity|referral"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class ProofActConverter:
    """What is done about the lists of proof."""

    regex = "list|exchange|opinion"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class MemberActConverter:
    """What is done about one worker of a roster."""

    regex = "alone|off|result"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(KeyConverter, "key")
register_converter(MemberActConverter, "member_act")
register_converter(ProofActConverter, "proof_act")
register_converter(CounselConverter, "counsel")
register_converter(IntakePartConverter, "intake_part")

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", intake.intake, name="intake"),
    path("cases/new/draft/", intake.intake_draft, name="intake_draft"),
    path("cases/new/discard/", intake.intake_discard, name="intake_discard"),
    path("cases/new/<intake_part:part>/", intake.intake_check, name="intake_check"),
    path("cases/<key:pk>/", case.case, name="case"),
    path("cases/<key:pk>/calculators/", calculations.case_calculators, name="case_calculators"),
    path(
        "cases/<key:pk>/calculators/<slug:name>/",
        calculations.case_calculator,
        name="case_calculator",
    ),
    path("cases/<key:pk>/facts/", facts.case_facts, name="case_facts"),
    path("cases/<key:pk>/proof/", evidence.case_evidence, name="case_evidence"),
    path(
        "cases/<key:pk>/proof/<proof_act:act>/",
        evidence.case_evidence_act,
        name="case_evidence_act",
    ),
    path("cases/<key:pk>/papers/", papers.papers_of_case, name="case_papers"),
    path(
        "cases/<key:pk>/papers/drafts/<slug:name>/<int:number>/",
        papers.paper_draft_page,
        name="paper_draft_page",
    ),
    path("cases/<key:pk>/papers/<slug:code>/", papers.paper_draft, name="paper_draft"),
    path("batches/<key:pk>/", batches.batch, name="paper_batch"),
    path("batches/<key:pk>/archive/", batches.batch_archive, name="paper_batch_archive"),
    path("batches/<key:pk>/book/", batches.batch_book, name="paper_batch_book"),
    path("papers/<key:pk>/", papers.paper, name="paper"),
    path("papers/<key:pk>/word/", papers.paper_word, name="paper_word"),
    path("papers/<key:pk>/pdf/", papers.paper_pdf, name="paper_pdf"),
    path("papers/<key:pk>/pages/<int:number>/", papers.paper_page, name="paper_page"),
    path("papers/<key:pk>/void/", papers.paper_void, name="paper_void"),
    path("cases/<key:pk>/file/", dossiers.dossiers, name="case_dossiers"),
    path("dossiers/<key:pk>/", dossiers.dossier, name="dossier"),
    path("dossiers/<key:pk>/pdf/", dossiers.dossier_pdf, name="dossier_pdf"),
    path("cases/<key:pk>/notes/", case.case_note, name="case_note"),
    path("cases/<key:pk>/materials/", case.case_materials, name="case_materials"),
    path("cases/<key:pk>/uploads/", uploads.upload_begin, name="upload_begin"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<uuid:uid>/", uploads.upload, name="upload"),
    path("uploads/<uuid:uid>/discard/", uploads.upload_discard, name="upload_discard"),
    path("cases/<key:pk>/counsel/<counsel:act>/", counsel.counsel, name="case_counsel"),
    path("cases/<key:pk>/roster/", roster.roster, name="roster"),
    path("cases/<key:pk>/roster/form/", roster.roster_template, name="roster_template"),
    path("cases/<key:pk>/roster/rejects/", roster.roster_rejects, name="roster_rejects"),
    path("cases/<key:pk>/roster/export/", roster.roster_export, name="roster_export"),
    path("cases/<key:pk>/roster/election/", roster.roster_election, name="roster_election"),
    path("cases/<key:pk>/roster/consents/", roster.roster_consents, name="roster_consents"),
    path("cases/<key:pk>/roster/<key:number>/", roster.member, name="member"),
    path(
        "cases/<key:pk>/roster/<key:number>/<member_act:act>/",
        roster.member_act,
        name="member_act",
    ),
    path("cases/<key:pk>/proofs/<key:person>/", proofs.case_proof, name="case_proof"),
    path("cases/<key:pk>/access/", access.case_access, name="case_access"),
    path("cases/<key:pk>/access/seal/", access.case_seal, name="case_seal"),
    path("cases/<key:pk>/access/name/", access.case_name, name="case_name"),
    path("cases/<key:pk>/access/open/", access.case_inspect, name="case_inspect"),
    path("cases/<key:pk>/recusal/", recusals.recusal_ask, name="recusal_ask"),
    path("cases/<key:pk>/consents/", consents.case_consents, name="case_consents"),
    path("names/<key:pk>/strike/", access.name_strike, name="name_strike"),
    path("grants/<key:pk>/end/", access.grant_end, name="grant_end"),
    path("recusals/<key:pk>/", recusals.recusal, name="recusal"),
    path("me/ties/", declarations.declarations, name="declarations"),
    path("me/ties/<key:pk>/end/", declarations.declaration_end, name="declaration_end"),
    path("parties/<key:pk>/<slug:field>/", personal.party_field, name="party_field"),
    path("materials/<key:pk>/", materials.material, name="material"),
    path("materials/<key:pk>/preview/", materials.material_preview, name="material_preview"),
    path("materials/<key:pk>/pages/<int:number>/", materials.material_page, name="material_page"),
    path("services/", service.service_desk, name="services"),
    path("services/<key:pk>/", service.service, name="service"),
    path("services/<key:pk>/handed/", service.service_handed, name="service_handed"),
    path("services/<key:pk>/<slug:act>/", service.service_act, name="service_act"),
    path("cases/<key:pk>/service/", service.case_service, name="case_service"),
    path("cases/<key:pk>/service/many/", service.case_service_many, name="case_service_many"),
    path("papers/<key:pk>/serve/", service.paper_serve, name="paper_serve"),
    path("deadlines/<key:pk>/", deadlines.deadline, name="deadline"),
    path("deadlines/<key:pk>/<slug:act>/", clockevents.turn_clock, name="turn_clock"),
    path("law/", rules.rules, name="law"),
    path("law/rules/<slug:rule_id>/", rules.rule, name="law_rule"),
    path("law/rules/<key:pk>/change/", rules.rule_change, name="law_rule_change"),
    path("law/figures/", rules.figures, name="figures"),
    path("law/figures/add/", rules.figure_add, name="figure_add"),
    path("law/responses/", responses.response_limits, name="response_limits"),
    path("law/responses/add/", responses.response_limit_add, name="response_limit_add"),
    path("responses/", responses.response_list, name="responses"),
    path("responses/<key:pk>/", responses.response, name="response"),
    path("law/holidays/", holidays.holidays, name="holidays"),
    path("law/holidays/enter/", holidays.holiday_notice, name="holiday_notice"),
    path("law/holidays/<key:year>/", holidays.holiday_year, name="holiday_year"),
    path("law/recounts/<key:pk>/", recounts.recount, name="recount"),
    path("law/recounts/<key:pk>/again/", recounts.recount_again, name="recount_again"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/<key:pk>/", ledger.ledger_import, name="ledger_import"),
    path("ledger/<key:pk>/rejects/", ledger.ledger_rejects, name="ledger_rejects"),
]
