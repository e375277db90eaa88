"""Filing at the desk: what the form asks, keeps, refuses and files."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from disputes.forms.elements import PREFIX, ElementsForm
from disputes.models import Case, Consent, Draft, Evidence, Party, Proceeding
from tests.factories import make_case, make_identity_number

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def written(**changes):
    """Return the values of a form that can be filed at the district's own desk."""
    values = {
        "token": "6f0c7a52-91b1-4a6b-9c55-0d7f1f5f8a01",
        "worker_name": "韩玉兰",
        "worker_phone": "15400000312",
        "employment_form": "contract",
        "id_type": "resident",
        "id_number": make_identity_number(7, female=True),
        "address": "古塔区××街道演示路 18 号",
        "e_service": "yes",
        "employer": "锦北样例建筑003有限公司",
        "cause": "wages",
        "occurred_on": "2026-08-20",
        "facts": "2025年4月到该公司工地做抹灰工，2026年7月起未发工资，多次催要未果。",
        "informed": "on",
        "processing": "on",
        "mediation": "on",
        "claims-TOTAL_FORMS": "2",
        "claims-INITIAL_FORMS": "0",
        "claims-0-kind": "wage_arrears",
        "claims-0-period_from": "2026-07-01",
        "claims-0-period_to": "2026-08-20",
        "claims-0-amount": "1.46万",
        "claims-1-kind": "overtime",
        "claims-1-amount": "５,３００",
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


@pytest.fixture
def desk(client, district_mediator):
    client.force_login(district_mediator)
    return client


@pytest.fixture
def worker_elements():
    """What the applicant states of the elements, as the form posts it."""
    said = {"入职日期": "2025-04-01", "月工资标准": "7300", "签订书面合同": "no"}
    numbers = ElementsForm().numbers
    return {f"{PREFIX}-{numbers[name]}": value for name, value in said.items()}


def file(client, **changes):
    return client.post(reverse("intake"), written(**changes))


def test_a_filled_form_files_a_case_with_its_parties_claims_and_consents(desk, district_mediator):
    answer = file(desk)
    case = Case.objects.get()
    assert answer["Location"] == reverse("case", args=[case.pk])
    assert case.filed_by == district_mediator
    worker = case.parties.get(role=Party.Role.APPLICANT)
    assert (worker.name, worker.sex, worker.accepts_e_service) == ("韩玉兰", "f", True)
    assert case.parties.get(role=Party.Role.RESPONDENT).credit_code == "91210799MAD003390A"
    assert [str(claim.amount) for claim in case.claims.all()] == ["14600.00", "5300.00"]
    given = dict(worker.consents.values_list("purpose", "given"))
    assert given[Consent.Purpose.INFORMED] is True
    assert given[Consent.Purpose.SHARING] is False
    assert Consent.Purpose.NEXT_TIER not in given


def test_what_the_applicant_states_when_she_files_is_a_fact_of_the_case(desk, worker_elements):
    file(desk, **worker_elements)
    case = Case.objects.get()
    facts = {row.name: (row.value, row.stated_by, row.answer) for row in case.fact_rows.all()}
    assert facts == {
        "入职日期": ("2025-04-01", "worker", "open"),
        "月工资标准": ("7300.00", "worker", "open"),
        "签订书面合同": ("no", "worker", "open"),
    }
    page = desk.get(reverse("case_facts", args=[case.pk])).content.decode()
    assert 'value="2025-04-01"' in page


def test_a_wrong_element_stands_beside_its_field_and_in_the_draft(desk, worker_elements):
    first = next(iter(worker_elements))
    answer = file(desk, **(worker_elements | {first: "2026-02-30"}))
    assert not Case.objects.exists()
    assert f"id_{first}" in answer.content.decode()
    assert '<details class="fx-further fx-section" id="s-elements" open>' in answer.content.decode()
    assert 'value="7300"' in desk.get(reverse("intake")).content.decode()


def test_the_same_form_sent_twice_files_once(desk):
    first, second = file(desk), file(desk)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_an_old_tab_with_another_applicant_files_another_case(desk):
    file(desk)
    file(desk, worker_name="李玉梅", id_number=make_identity_number(9, female=True))
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"worker_phone": "1540000031"}, "worker_phone"),
        ({"id_number": "210799199111030040"}, "id_number"),
        ({"worker_name": ""}, "worker_name"),
        ({"employment_form": "nonsense"}, "employment_form"),
        ({"e_service": None}, "e_service"),
        ({"employer": ""}, "employer"),
        ({"employer": "91210799MAD877893P"}, "employer"),
        ({"employer": "91210799MAD877893Q"}, "employer"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"cause": ""}, "cause"),
        ({"occurred_on": "0001-01-01"}, "occurred_on"),
        ({"occurred_on": "9999-12-31"}, "occurred_on"),
        ({"occurred_on": "2026-02-30"}, "occurred_on"),
        ({"received_on": "2026-08-19"}, "occurred_on"),
        ({"facts": "太短"}, "facts"),
        ({"facts": "长" * 2001}, "facts"),
        ({"informed": None}, "informed"),
        ({"processing": None}, "processing"),
        ({"mediation": None}, "mediation"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_filed(desk, changes, field):
    answer = file(desk, **changes)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert f"id_{field}" in answer.content.decode()
    assert "韩玉兰" in answer.content.decode() or field == "worker_name"
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"claims-0-amount": "-1"}, "amount"),
        ({"claims-0-amount": "abc"}, "amount"),
        ({"claims-0-amount": "99999999999"}, "amount"),
        ({"claims-0-amount": ""}, "amount"),
        ({"claims-0-period_to": "2026-06-01"}, "period_to"),
        ({"claims-0-kind": "nonsense"}, "kind"),
    ],
)
def test_what_is_wrong_with_a_claim_stands_in_its_row(desk, changes, field):
    answer = file(desk, **changes)
    assert field in answer.context["claims"].errors[0]
    assert not Case.objects.exists()


def test_an_application_without_claims_is_refused(desk):
    answer = file(desk, **{"claims-TOTAL_FORMS": "0"})
    assert answer.context["claims"].non_form_errors()


def test_rows_in_which_nothing_is_written_are_passed_over(desk):
    file(desk, **{"claims-TOTAL_FORMS": "4", "claims-2-kind": "", "claims-3-amount": ""})
    assert Case.objects.get().claims.count() == 2


def test_a_claim_that_names_no_amount_is_filed(desk):
    file(
        desk,
        **{
            "claims-TOTAL_FORMS": "1",
            "claims-0-kind": "relationship",
            "claims-0-amount": "",
        },
    )
    assert Case.objects.get().claims.get().amount is None


def test_a_claim_is_added_and_removed_without_scripts_and_the_rest_is_kept(desk):
    desk.post(reverse("intake"), written(add_claim="1"))
    page = desk.get(reverse("intake"))
    assert len(page.context["claims"].forms) == 3
    assert "1.46万" in page.content.decode()
    desk.post(reverse("intake"), written(remove_claim="0"))
    page = desk.get(reverse("intake"))
    assert [form.initial["kind"] for form in page.context["claims"].forms] == ["overtime"]
    assert "韩玉兰" in page.content.decode()
    assert not Case.objects.exists()


def test_removing_a_claim_that_is_not_there_changes_nothing(desk):
    for index in ("7", "-1", "x", "²", "9" * 30):
        desk.post(reverse("intake"), written(remove_claim=index))
        assert len(desk.get(reverse("intake")).context["claims"].forms) == 2


def test_the_draft_returns_encrypted_to_its_writer_alone(desk, client, regional_head):
    assert desk.post(reverse("intake_draft"), written()).status_code == 204
    assert "韩玉兰" in desk.get(reverse("intake")).content.decode()
    raw = Draft.objects.extra(select={"raw": "content"}).values_list("raw", flat=True)[0]
    assert "韩玉兰" not in raw
    client.force_login(regional_head)
    assert "韩玉兰" not in client.get(reverse("intake")).content.decode()


def test_filing_leaves_no_draft_and_a_late_autosave_makes_none(desk):
    desk.post(reverse("intake_draft"), written())
    file(desk)
    desk.post(reverse("intake_draft"), written())
    assert not Draft.objects.exists()


def test_a_discarded_draft_is_gone_with_its_files(desk, django_capture_on_commit_callbacks):
    desk.post(reverse("intake"), written(upload="1", files=SimpleUploadedFile("工资条.pdf", PDF)))
    path = Draft.objects.get().files.get().file.path
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("intake_discard"))
    assert not Draft.objects.exists()
    assert not Path(path).exists()


def test_files_wait_with_the_draft_and_become_materials_under_a_random_name(desk):
    desk.post(reverse("intake"), written(upload="1", files=SimpleUploadedFile("工资条.pdf", PDF)))
    assert "工资条.pdf" in desk.get(reverse("intake")).content.decode()
    file(desk, files=SimpleUploadedFile("考勤.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20))
    rows = Evidence.objects.order_by("pk")
    assert [row.name for row in rows] == ["工资条.pdf", "考勤.png"]
    assert [row.content_type for row in rows] == ["application/pdf", "image/png"]
    assert all(len(row.sha256) == 64 and "工资" not in row.file.name for row in rows)
    assert rows[0].file.read() == PDF


def test_a_file_is_judged_by_its_content_and_refused_with_the_form_kept(desk):
    answer = file(desk, files=SimpleUploadedFile("工资条.pdf", b"MZ\x90\x00 not a pdf"))
    assert "files" in answer.context["form"].errors
    assert not Case.objects.exists()
    assert "韩玉兰" in answer.content.decode()


def test_an_empty_file_is_refused(desk):
    answer = file(desk, files=SimpleUploadedFile("空.pdf", b""))
    assert not Evidence.objects.exists()
    assert answer.status_code in (200, 302)


def test_a_file_of_the_draft_is_removed_by_its_writer_only(desk, client, regional_head):
    desk.post(reverse("intake"), written(upload="1", files=SimpleUploadedFile("工资条.pdf", PDF)))
    pk = Draft.objects.get().files.get().pk
    client.force_login(regional_head)
    client.post(reverse("intake"), written(remove_file=str(pk)))
    assert Draft.objects.get(files__isnull=False).files.count() == 1


def test_who_may_not_file_is_refused_everywhere(client, lawyer):
    client.force_login(lawyer)
    assert client.get(reverse("intake")).status_code == 403
    assert client.post(reverse("intake"), written()).status_code == 403
    assert client.post(reverse("intake_draft"), written()).status_code == 403
    assert client.post(reverse("intake_check", args=["margin"]), {}).status_code == 403


def test_the_form_is_for_people_who_are_logged_in(client, db):
    assert client.get(reverse("intake")).status_code == 302


def test_a_station_is_offered_the_offices_that_fit_the_employer(client, reporter, register):
    client.force_login(reporter)
    client.post(reverse("intake"), written(lookup="1"))
    places = client.get(reverse("intake")).context["form"].places
    assert [place.office for place in places] == [
        register.enterprise,
        register.guta,
        register.commission,
    ]


def test_only_a_station_starts_from_what_a_station_filled_in(client, reporter, clerk):
    client.force_login(reporter)
    assert client.get(reverse("intake")).context["form"]["source"].value() == "station"
    client.force_login(clerk)
    assert client.get(reverse("intake")).context["form"]["source"].value() == "self"


def test_a_station_files_where_the_applicant_chooses(client, reporter, register):
    client.force_login(reporter)
    answer = file(client, office=str(register.commission.pk), mediation=None)
    assert answer.status_code == 302
    proceeding = Proceeding.objects.get()
    assert proceeding.office == register.commission
    assert proceeding.case.reporting_office == register.station


def test_going_on_at_the_regional_tier_is_agreed_only_at_the_enterprise(client, reporter, register):
    client.force_login(reporter)
    file(client, office=str(register.enterprise.pk), next_tier="on")
    assert Case.objects.get().goes_on_by_itself


def test_another_employer_means_choosing_again(client, reporter, register):
    client.force_login(reporter)
    offered = f"{register.guta.pk},{register.commission.pk}"
    answer = file(client, office=str(register.guta.pk), offered=offered)
    assert "office" in answer.context["form"].errors
    assert answer.context["form"].place.office == register.enterprise
    assert not Case.objects.exists()


def test_an_office_that_does_not_fit_is_refused(client, reporter, register):
    client.force_login(reporter)
    for office in (str(register.linghe.pk), "0", "abc", "\x00"):
        answer = file(client, office=office)
        assert "office" in answer.context["form"].errors
    assert not Case.objects.exists()


def test_a_mediator_files_at_her_own_office_whatever_she_sends(desk, register):
    file(desk, office=str(register.linghe.pk))
    assert not Case.objects.exists()
    file(desk)
    assert Proceeding.objects.get().office == register.guta


def test_an_employer_is_known_by_its_credit_code(desk):
    file(desk, employer="９１２１０７９９mad003390a")
    employer = Party.objects.get(role=Party.Role.RESPONDENT)
    assert (employer.name, employer.industry) == ("锦北样例建筑003有限公司", "制造业")


def test_an_employer_outside_the_register_is_filed_by_name(desk):
    file(desk, employer="锦北样例未登记有限公司")
    assert Party.objects.get(role=Party.Role.RESPONDENT).credit_code == ""


def test_a_possible_duplicate_is_named_only_when_it_may_be_seen(
    desk, client, other_mediator, district_case
):
    worker = district_case.case.parties.get(role=Party.Role.APPLICANT)
    values = written(id_number=worker.id_number)
    margin = reverse("intake_check", args=["margin"])
    assert district_case.number in desk.post(margin, values).content.decode()
    client.force_login(other_mediator)
    answer = client.post(margin, values).content.decode()
    assert district_case.number not in answer
    assert "m-same" not in answer


def test_ten_workers_against_one_employer_are_told_about(desk, register):
    margin = reverse("intake_check", args=["margin"])
    for n in range(10):
        assert "fx-note-warn" not in desk.post(margin, written()).content.decode(), n
        make_case(register.guta, at=timezone.now())
    assert "fx-note-warn" in desk.post(margin, written()).content.decode()


def test_an_application_from_before_the_law_is_refused_with_a_sentence(desk):
    answer = file(desk, occurred_on="1990-05-01", received_on="1990-05-02")
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert not Case.objects.exists()


def test_a_claim_that_may_have_lapsed_is_filed_with_a_warning_only(desk):
    old = {"occurred_on": "2020-01-10"}
    margin = desk.post(reverse("intake_check", args=["margin"]), written(**old))
    assert "2021年1月11日" in margin.content.decode()
    assert file(desk, **old).status_code == 302


def test_the_margin_tells_the_dates_that_follow(desk):
    answer = desk.post(reverse("intake_check", args=["margin"]), written(received_on="2026-09-22"))
    text = answer.content.decode()
    assert "9月28日 周一" in text
    assert "10月8日 周四" in text


NASTY = [
    "\x00",
    "锦\x00北样例",
    "😀" * 50,
    "9" * 400,
    "<script>alert(1)</script>",
    "\ufffd",
    "²",
    "-1",
    "１２",
]


@pytest.mark.parametrize("value", NASTY)
def test_no_value_brings_the_form_down(desk, value):
    everything = dict.fromkeys(written(), value)
    for url in (
        reverse("intake"),
        reverse("intake_draft"),
        reverse("intake_check", args=["margin"]),
        reverse("intake_check", args=["employer"]),
    ):
        assert desk.post(url, everything).status_code < 500
        assert desk.get(reverse("intake")).status_code == 200


@pytest.mark.parametrize("name", sorted(written()))
def test_no_value_in_one_field_brings_the_form_down(desk, name):
    for value in ("\x00", "9" * 30, "😀"):
        assert desk.post(reverse("intake"), written(**{name: value})).status_code < 500


def test_a_form_without_anything_is_refused_field_by_field(desk):
    answer = desk.post(reverse("intake"), {})
    assert answer.status_code == 200
    assert not Case.objects.exists()


def test_a_draft_longer_than_any_form_is_refused(desk):
    assert desk.post(reverse("intake_draft"), {"facts": "长" * 300_000}).status_code == 400


@pytest.mark.parametrize("button", ["add_claim", "upload", "lookup", "save"])
def test_a_button_says_that_it_cannot_keep_what_is_too_long(desk, button):
    answer = desk.post(reverse("intake"), written(facts="长" * 200_000, **{button: "1"}))
    assert (answer.status_code, Draft.objects.count()) == (200, 0)
    assert "内容过长" in answer.text


def test_doors_that_change_something_do_not_open_to_get(desk):
    for url in (
        reverse("intake_draft"),
        reverse("intake_discard"),
        reverse("intake_check", args=["margin"]),
    ):
        assert desk.get(url).status_code == 405
