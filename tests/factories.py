"""Things that tests are made of: offices, people, applications, filed cases. All fictional."""

from base64 import b32decode
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.utils import timezone
from django_otp.oath import TOTP

from disputes.domain.intake import Application, file_case
from disputes.models import Cause, ClaimKind, Consent, EmploymentForm, IdType, Source
from legal_aid.models import Lawyer
from offices.domain.staffing import post
from offices.duties import Role
from offices.models import Office, SecondFactor, User

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=SHANGHAI)
PASSWORD = "demo-Password-1"
# What the authenticators of the cast know.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

Tier, Kind = Office.Tier, Office.Kind
_serial = count(1)


def make_office(name, short_name, tier, kind, *, county="", parent=None, **facts):
    """Make an office of the register."""
    return Office.objects.create(
        name=name,
        short_name=short_name,
        tier=tier,
        kind=kind,
        county=county,
        parent=parent,
        **facts,
    )


def make_register():
    """Make a small register: a federation, two districts, an enterprise, a commission, a court."""
    federation = make_office("锦州市总工会", "锦工", Tier.UNION, Kind.CITY_FEDERATION)
    guta = make_office(
        "古塔区总工会劳动争议调解中心",
        "古塔调",
        Tier.REGIONAL,
        Kind.COUNTY_CENTRE,
        county="古塔区",
        parent=federation,
    )
    linghe = make_office(
        "凌河区总工会劳动争议调解中心",
        "凌河调",
        Tier.REGIONAL,
        Kind.COUNTY_CENTRE,
        county="凌河区",
        parent=federation,
    )
    return SimpleNamespace(
        federation=federation,
        guta=guta,
        linghe=linghe,
        station=make_office(
            "古塔区第1社区服务站",
            "古塔区第1站",
            Tier.REGIONAL,
            Kind.STATION,
            county="古塔区",
            parent=guta,
        ),
        enterprise=make_office(
            "锦北样例建筑003有限公司劳动争议调解委员会",
            "建筑003",
            Tier.ENTERPRISE,
            Kind.ENTERPRISE_COMMITTEE,
            county="古塔区",
            parent=guta,
            industry="制造业",
            credit_code="91210799MAD003390A",
        ),
        commission=make_office(
            "锦州市劳动人事争议仲裁委员会",
            "锦劳人仲",
            Tier.ARBITRATION,
            Kind.ARBITRATION_COMMISSION,
            county="锦州市",
        ),
        aid_centre=make_office(
            "锦州市职工法律援助中心", "锦职援", Tier.UNION, Kind.AID_CENTRE, parent=federation
        ),
        court=make_office(
            "锦州市中级人民法院", "锦法", Tier.OUTSIDE, Kind.COURT, handled_here=False
        ),
    )


def make_user(username, name, *, office=None, role=None, since=date(2020, 1, 1), until=None):
    """Make a person with the password ``PASSWORD``, posted to *office* as *role* if given.

    She has been here before: the password is her own, and ``code_of`` reads her authenticator.
    """
    user = User(username=username, name=name, must_change_password=False, secured_at=MONDAY)
    user.set_password(PASSWORD)
    user.save()
    SecondFactor.objects.create(user=user, secret=SECRET, recovery=[], last_step=0)
    if office:
        post(user, office=office, role=role, since=since, until=until)
    return user


def code_of(user):
    """Return what the authenticator of *user* shows, as if no code had been used just now."""
    SecondFactor.objects.filter(user=user).update(last_step=0)
    return code_at(timezone.now(), secret=SecondFactor.objects.get(user=user).secret)


def code_at(moment, *, secret=SECRET):
    """Return the code of *secret* at the aware *moment*, six digits."""
    clock = TOTP(b32decode(secret))
    clock.time = moment.timestamp()
    return f"{clock.token():06d}"


def make_identity_number(serial=None, *, born="19900101", female=False):
    """Return a fictional identity number (area 210799) with a right check digit."""
    serial = next(_serial) if serial is None else serial
    order = (serial * 2 + (0 if female else 1)) % 1000
    body = f"210799{born}{order:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    remainder = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[remainder]


def make_application(*, consents=None, worker=None, employer=None, claims=None, **case):
    """Return an application of 韩玉兰 against 锦北样例建筑003有限公司 for unpaid wages."""
    serial = next(_serial)
    return Application(
        case={
            "source": Source.SELF,
            "cause": Cause.WAGES,
            "occurred_on": date(2026, 8, 20),
            "facts": "2025年4月到该公司工地做抹灰工，2026年7月起未发工资，多次催要未果。",
            **case,
        },
        worker={
            "name": "韩玉兰",
            "sex": "f",
            "id_type": IdType.RESIDENT,
            "id_number": make_identity_number(serial, female=True),
            "phone": f"1540000{serial % 10000:04d}",
            "address": "古塔区××街道演示路 18 号",
            "employment_form": EmploymentForm.CONTRACT,
            **(worker or {}),
        },
        employer={
            "name": "锦北样例建筑003有限公司",
            "credit_code": "91210799MAD003390A",
            "industry": "建筑业",
            "headcount_band": "100-299人",
            **(employer or {}),
        },
        claims=[{"kind": ClaimKind.WAGE_ARREARS, "amount": Decimal("14600.00")}]
        if claims is None
        else claims,
        consents={
            Consent.Purpose.INFORMED: True,
            Consent.Purpose.PROCESSING: True,
            Consent.Purpose.MEDIATION: True,
            **(consents or {}),
        },
    )


def make_case(office, *, at=MONDAY, by=None, handler=None, **facts):
    """File a case at *office* and return its proceeding, held by *handler* if one is given.

    Filed by a reporter it is a report of her station.
    """
    reporters = by.postings.filter(role=Role.STATION_REPORTER) if by else ()
    station = next((posting.office for posting in reporters), None)
    proceeding = file_case(
        make_application(**facts), office=office, at=at, by=by, reporting_office=station
    )
    if handler:
        proceeding.handler = handler
        proceeding.save(update_fields=["handler"])
    return proceeding


def make_lawyer(user, *, firm=None, licence_until=date(2030, 12, 31), **facts):
    """Take *user*, who is posted to a legal-aid centre as a lawyer, into its pool."""
    serial = next(_serial)
    return Lawyer.objects.create(
        user=user,
        centre=user.postings.get().office,
        firm=firm,
        licence_number=f"1210720{serial:010d}",
        licence_until=licence_until,
        since=facts.pop("since", date(2020, 1, 1)),
        **facts,
    )
