"""The cast: the same few people and offices in every story."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db.backends.postgresql.operations import DatabaseOperations

from law import edition
from law.models import DeadlineRule
from offices.duties import Role
from tests import factories


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the law once: every case needs its calendar and its rules."""
    with django_db_blocker.unblock():
        call_command("load_law", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _emptied_audit_log():
    """Let a flush between tests that commit empty what otherwise nothing empties."""
    usual = DatabaseOperations.execute_sql_flush

    def flush(operations, sql_list):
        usual(operations, ["SET LOCAL session_replication_role = replica", *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _law_after_a_flush(request):
    """Load the law again where a test that commits has emptied every table."""
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "live_server" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        if not DeadlineRule.objects.exists():
            call_command("load_law", verbosity=0)
    # What a test changed in the law tables is rolled back behind the back of their readers.
    edition.recheck()


@pytest.fixture
def register(db):
    return factories.make_register()


@pytest.fixture
def enterprise_mediator(register):
    return factories.make_user("qiye", "吴刚", office=register.enterprise, role=Role.MEDIATOR)


@pytest.fixture
def enterprise_head(register):
    return factories.make_user("qiyezr", "马静", office=register.enterprise, role=Role.HEAD)


@pytest.fixture
def district_mediator(register):
    return factories.make_user("guta", "张敏", office=register.guta, role=Role.MEDIATOR)


@pytest.fixture
def regional_head(register):
    return factories.make_user("gutazr", "宋洁", office=register.guta, role=Role.HEAD)


@pytest.fixture
def other_mediator(register):
    """A mediator of another district: the stranger of every story."""
    return factories.make_user("linghe", "赵强", office=register.linghe, role=Role.MEDIATOR)


@pytest.fixture
def reporter(register):
    return factories.make_user(
        "zhandian", "刘佳", office=register.station, role=Role.STATION_REPORTER
    )


@pytest.fixture
def clerk(register):
    """The clerk of the federation, who keeps register and ledger."""
    return factories.make_user(
        "shizong", "白雪", office=register.federation, role=Role.FEDERATION_CLERK
    )


@pytest.fixture
def arbitration_clerk(register):
    return factories.make_user(
        "lian", "孙莉", office=register.commission, role=Role.ARBITRATION_CLERK
    )


@pytest.fixture
def commission_head(register):
    return factories.make_user(
        "zhongcaizr", "高原", office=register.commission, role=Role.COMMISSION_HEAD
    )


@pytest.fixture
def arbitrator(register):
    return factories.make_user("zhongcai", "何平", office=register.commission, role=Role.ARBITRATOR)


@pytest.fixture
def lawyer(register):
    return factories.make_user("lvshi", "赵宁", office=register.aid_centre, role=Role.LAWYER)


@pytest.fixture
def aid_administrator(register):
    return factories.make_user(
        "yuanzhu", "苏荷", office=register.aid_centre, role=Role.AID_ADMINISTRATOR
    )


@pytest.fixture
def accountant(register):
    """Pays out of the fund and keeps its books."""
    return factories.make_user("caiwu", "祝安", office=register.federation, role=Role.ACCOUNTANT)


@pytest.fixture
def coordinator(register):
    return factories.make_user("lianxi", "秦岚", office=register.federation, role=Role.COORDINATOR)


@pytest.fixture
def court_liaison(register):
    return factories.make_user("fayuan", "陆明", office=register.court, role=Role.COURT_LIAISON)


@pytest.fixture
def labour_liaison(register):
    """The liaison officer of the labour bureau, which the register then has."""
    bureau = factories.make_office(
        "锦州市人力资源和社会保障局",
        "锦人社",
        factories.Tier.OUTSIDE,
        factories.Kind.LABOUR_BUREAU,
        handled_here=False,
    )
    return factories.make_user("renshe", "冯毅", office=bureau, role=Role.LABOUR_LIAISON)


@pytest.fixture
def leader(register):
    return factories.make_user("lingdao", "丁一", office=register.federation, role=Role.LEADER)


@pytest.fixture
def auditor(register):
    return factories.make_user("shenji", "沈清", office=register.federation, role=Role.AUDITOR)


@pytest.fixture
def administrator(register):
    return factories.make_user(
        "xitong", "罗文", office=register.federation, role=Role.SYSTEM_ADMINISTRATOR
    )


@pytest.fixture
def security_administrator(register):
    return factories.make_user(
        "anquan", "江岚", office=register.federation, role=Role.SECURITY_ADMINISTRATOR
    )


@pytest.fixture
def audit_administrator(register):
    return factories.make_user(
        "anshen", "夏冰", office=register.federation, role=Role.AUDIT_ADMINISTRATOR
    )


@pytest.fixture
def enterprise_case(register, enterprise_mediator):
    """A proceeding at the enterprise tier, filed on a Monday at nine."""
    return factories.make_case(register.enterprise, by=enterprise_mediator)


@pytest.fixture
def district_case(register, district_mediator):
    """A proceeding at the district, filed on a Monday at nine."""
    return factories.make_case(register.guta, by=district_mediator)


@pytest.fixture
def arbitration_case(register, arbitration_clerk):
    """A proceeding at the commission, filed on a Monday at nine."""
    return factories.make_case(register.commission, by=arbitration_clerk)
