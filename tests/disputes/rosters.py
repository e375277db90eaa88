"""Rosters as representatives fill them in."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from disputes.domain.roster import entries
from tests.factories import MONDAY, make_identity_number

TITLES = ["姓名", "证件类型", "证件号", "手机", "岗位", "起始日", "截止日", "金额", "签名"]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
GIVEN = "伟芳娜敏静秀丽强磊军洋勇艳杰涛明超霞平刚"


def line(serial, **changes):
    """Return one line of a roster: the worker *serial* with what *changes* says otherwise."""
    name = SURNAMES[serial % 40] + GIVEN[serial // 40 % 20] + GIVEN[serial % 20]
    born = f"19{60 + serial // 400 % 40:02d}0101"
    values = {
        "姓名": name,
        "证件类型": "身份证",
        "证件号": make_identity_number(serial, born=born),
        "手机": f"1540000{serial % 10000:04d}",
        "岗位": "抹灰工",
        "起始日": "2026-07-01",
        "截止日": "2026-08-20",
        "金额": 5000 + serial,
        "签名": "是",
    }
    values |= changes
    return [values[title] for title in TITLES]


def workbook(rows, *, titles=None, name="人员清单.xlsx"):
    """Return *rows* under *titles* as an uploaded workbook."""
    book = Workbook()
    for row in [titles or TITLES, *rows]:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def take_in(proceeding, rows, *, by=None, at=MONDAY, **options):
    """Hand a roster of *rows* in."""
    return entries.take_in(proceeding, file=workbook(rows, **options), at=at, by=by)


def rostered(proceeding, count, *, by=None, at=MONDAY):
    """Put *count* workers on the roster of *proceeding*; return them in order."""
    take_in(proceeding, [line(900 + n) for n in range(count)], by=by, at=at)
    return list(proceeding.case.roster.order_by("number"))
