"""The register on its pages: who may read it, what it says, what it refuses."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from offices.duties import Role
from offices.models import Office
from tests.factories import Kind, Tier, make_office, make_user

READ = ["offices", "people", "office_add", "office_import", "person_add", "posting_add"]
HEADER = "名称,简称,层级,类型,区县,行业,上级,统一社会信用代码,在本系统办理\n"


@pytest.fixture
def keeper(client, administrator):
    """The system administrator at her desk."""
    client.force_login(administrator)
    return client


def fields_of(office, **changes):
    """What the form of an office sends."""
    facts = {
        "name": office.name,
        "short_name": office.short_name,
        "kind": office.kind,
        "parent": office.parent_id or "",
        "county": office.county,
        "industry": office.industry,
        "credit_code": office.credit_code,
        "handled_here": "on",
    }
    return facts | changes


@pytest.mark.parametrize("name", READ)
def test_who_is_not_logged_in_is_asked_to(client, db, name):
    answer = client.get(reverse(name))
    assert (answer.status_code, answer.url) == (302, f"/login/?next={reverse(name)}")


@pytest.mark.parametrize("name", READ)
def test_a_colleague_without_the_duty_is_told_so(client, clerk, name):
    client.force_login(clerk)
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["office", "office_edit", "office_close", "office_reopen"])
def test_no_door_of_an_office_opens_for_a_colleague_without_the_duty(client, clerk, register, name):
    client.force_login(clerk)
    url = reverse(name, args=[register.guta.pk])
    assert {client.get(url).status_code, client.post(url).status_code} <= {403, 405}


@pytest.mark.parametrize("name", ["office_add", "office_import", "person_add"])
def test_the_security_administrator_reads_the_register_and_does_not_keep_it(
    client, security_administrator, name
):
    client.force_login(security_administrator)
    assert client.get(reverse("offices")).status_code == 200
    assert client.get(reverse(name)).status_code == 403


def test_an_office_under_another_federation_does_not_exist_for_her(keeper, register):
    other = make_office("盘锦样例总工会", "盘工", Tier.UNION, Kind.CITY_FEDERATION)
    below = make_office("盘锦样例调解中心", "盘调", Tier.REGIONAL, Kind.COUNTY_CENTRE, parent=other)
    for office in (other, below):
        assert keeper.get(reverse("office", args=[office.pk])).status_code == 404
    assert "盘调" not in keeper.get(reverse("offices")).content.decode()


def test_organisations_outside_every_federation_are_hers_too(keeper, register):
    assert keeper.get(reverse("office", args=[register.court.pk])).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "凌河"}, ["凌河调"]),
        ({"q": "建筑003"}, ["建筑003"]),
        ({"q": "９１２１０７９９MAD003390A"}, ["建筑003"]),
        ({"tier": "arbitration"}, ["锦劳人仲"]),
        ({"county": "凌河区"}, ["凌河调"]),
        ({"q": "没有这个"}, []),
        ({"q": "%"}, []),
        ({"state": "closed"}, []),
    ],
)
def test_the_register_is_searched(keeper, register, query, found):
    rows = keeper.get(reverse("offices"), query).context["page"].rows
    assert [office.short_name for office in rows] == found


def test_the_list_asks_the_same_queries_for_few_rows_and_many(
    keeper, register, django_assert_num_queries
):
    url = reverse("offices")
    keeper.get(url)
    for query in ({"q": "凌河"}, {"q": "古塔区"}, {}):
        with django_assert_num_queries(9):
            keeper.get(url, query)
    for number in range(60):
        make_office(
            f"锦北样例{number:03}调解委员会",
            f"样{number:03}",
            Tier.ENTERPRISE,
            Kind.ENTERPRISE_COMMITTEE,
            parent=register.guta,
        )
    with django_assert_num_queries(9):
        page = keeper.get(url).context["page"]
    assert len(page.rows) == 50


def test_pages_are_turned_by_key_there_and_back(keeper, register):
    for number in range(105):
        make_office(f"机构{number:03}", f"机{number:03}", Tier.OUTSIDE, Kind.COURT)
    first = keeper.get(reverse("offices")).context["page"]
    second = keeper.get(reverse("offices"), {"after": first.after}).context["page"]
    third = keeper.get(reverse("offices"), {"after": second.after}).context["page"]
    assert [len(page.rows) for page in (first, second, third)] == [50, 50, 13]
    assert (first.before, third.after) == ("", "")
    back = keeper.get(reverse("offices"), {"before": third.before}).context["page"]
    assert back.rows == second.rows
    again = keeper.get(reverse("offices"), {"before": back.before}).context["page"]
    assert (again.rows, again.before) == (first.rows, "")


@pytest.mark.parametrize(
    "query",
    [
        {"after": "x"},
        {"after": "9" * 40},
        {"before": "-1"},
        {"q": "\0"},
        {"q": "长" * 5000},
        {"tier": "' or 1=1"},
        {"state": "\0"},
        {"county": "\0x"},
        {"parent": "9" * 19},
        {"parent": "²"},
    ],
)
def test_no_address_breaks_the_lists(keeper, register, query):
    assert keeper.get(reverse("offices"), query).status_code == 200
    assert keeper.get(reverse("people"), query).status_code == 200


def test_the_page_of_an_office_says_who_serves_and_served_there(
    keeper, register, district_mediator, regional_head, django_assert_num_queries
):
    url = reverse("office", args=[register.guta.pk])
    keeper.get(url)
    with django_assert_num_queries(10):
        page = keeper.get(url).content.decode()
    assert "张敏" in page
    assert "古塔区第1站" in page
    make_user("laowang", "王旧", office=register.guta, role=Role.MEDIATOR, until=date(2021, 1, 1))
    for number in range(30):
        make_user(f"ren{number}", f"人{number}", office=register.guta, role=Role.MEDIATOR)
    with django_assert_num_queries(10):
        page = keeper.get(url).content.decode()
    assert "王旧" in page


def test_an_office_is_entered_and_finds_its_tier_by_its_kind(keeper, register):
    answer = keeper.post(
        reverse("office_add"),
        {
            "name": "锦州市物业行业劳动争议调解委员会",
            "short_name": "物调",
            "kind": Kind.INDUSTRY_COMMITTEE,
            "parent": register.federation.pk,
            "industry": "物业管理",
            "credit_code": " ９１２１０７９９mad8778 93p ",
            "handled_here": "on",
        },
    )
    office = Office.objects.get(short_name="物调")
    assert answer.url == reverse("office", args=[office.pk])
    assert (office.tier, office.credit_code) == (Tier.REGIONAL, "91210799MAD877893P")
    assert office.path == f"{register.federation.path}{office.pk}/"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "锦州市总工会"}, "name"),
        ({"short_name": "锦工"}, "short_name"),
        ({"short_name": "长" * 21}, "short_name"),
        ({"kind": "\0"}, "kind"),
        ({"parent": "9" * 30}, "parent"),
        ({"parent": "x"}, "parent"),
        ({"credit_code": "91210799MAD003390A"}, "credit_code"),
        ({"credit_code": "91210799MAD003390B"}, "credit_code"),
        ({"credit_code": "1"}, "credit_code"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(keeper, register, changes, field):
    answer = keeper.post(
        reverse("office_edit", args=[register.guta.pk]), fields_of(register.guta, **changes)
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert Office.objects.get(pk=register.guta.pk).name == register.guta.name


def test_an_office_does_not_stand_below_itself(keeper, register):
    """The federation below its own district."""
    answer = keeper.post(
        reverse("office_edit", args=[register.federation.pk]),
        fields_of(register.federation, parent=register.guta.pk),
    )
    assert list(answer.context["form"].errors) == ["parent"]


def test_a_kind_stays_while_people_serve_in_its_roles(keeper, register, district_mediator):
    answer = keeper.post(
        reverse("office_edit", args=[register.guta.pk]),
        fields_of(register.guta, kind=Kind.COURT),
    )
    assert list(answer.context["form"].errors) == ["kind"]


def test_a_moved_office_takes_those_below_along(keeper, register):
    keeper.post(
        reverse("office_edit", args=[register.guta.pk]),
        fields_of(register.guta, parent=register.linghe.pk),
    )
    register.station.refresh_from_db()
    assert register.station.path.startswith(register.linghe.path)


def test_an_office_in_use_is_not_closed(keeper, register, district_mediator):
    url = reverse("office_close", args=[register.guta.pk])
    page = keeper.post(url, follow=True).content.decode()
    assert "fx-note-danger" in page
    assert Office.objects.get(pk=register.guta.pk).is_active


def test_an_empty_office_is_closed_and_opened_again(keeper, register):
    keeper.post(reverse("office_close", args=[register.linghe.pk]))
    assert not Office.objects.get(pk=register.linghe.pk).is_active
    listed = keeper.get(reverse("offices"), {"state": "closed"}).context["page"].rows
    assert listed == [register.linghe]
    keeper.post(reverse("office_reopen", args=[register.linghe.pk]))
    assert Office.objects.get(pk=register.linghe.pk).is_active


@pytest.mark.parametrize("name", ["office_close", "office_reopen"])
def test_looking_changes_nothing(keeper, register, name):
    assert keeper.get(reverse(name, args=[register.guta.pk])).status_code == 405


def upload(client, text, name="register.csv"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post(reverse("office_import"), {"file": file})


def test_a_register_is_imported_with_a_report_of_its_rows(keeper, register):
    answer = upload(
        keeper,
        HEADER
        + "义县总工会劳动争议调解中心,义调,区域,县区调解中心,义县,,锦州市总工会,,是\n"
        + "某处,某,区域,不知,义县,,锦州市总工会,,是\n",
    )
    report = answer.context["report"]
    assert (report.imported, report.rejected, report.errors[0].line) == (1, 1, 3)
    assert Office.objects.filter(short_name="义调").exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x00", b'"', "甲,乙\n".encode(), b"\0"])
def test_a_file_that_is_no_register_is_refused_in_words(keeper, register, content):
    answer = upload(keeper, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_a_form_without_a_file_is_refused_in_words(keeper, register):
    answer = keeper.post(reverse("office_import"), {})
    assert answer.context["form"].errors["file"]
