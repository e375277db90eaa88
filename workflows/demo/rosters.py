"""The workers of a collective case of the demo: their roster, their representatives, their say."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from disputes.domain.roster import entries, speaking
from disputes.domain.roster.entries import present
from disputes.domain.roster.giving_up import is_bound
from workflows.demo.materials import make_pdf
from workflows.demo.people import draw_phone, draw_worker

TITLES = ("姓名", "证件号", "手机", "岗位", "金额", "签名")
JOBS = ("抹灰工", "钢筋工", "木工", "架子工", "普工")
LATER = timedelta(minutes=20)
REPRESENTATIVES = 3


def hand_in_roster(walk, *, by):
    """Let the representatives of *walk* hand in everybody's names, which *by* takes down."""
    if walk.plan.workers < 2:
        return
    at = walk.at + LATER
    entries.take_in(walk.proceeding, file=_workbook(walk), at=at, by=by)
    if walk.plan.workers > REPRESENTATIVES:
        speaking.elect(
            walk.proceeding,
            numbers=range(1, REPRESENTATIVES + 1),
            held_on=walk.today,
            present_count=max(REPRESENTATIVES, walk.plan.workers * 9 // 10),
            minutes=SimpleUploadedFile("代表推举记录.pdf", make_pdf(["代表推举记录"])),
            at=at,
            by=by,
        )


def consent_all(walk, *, by):
    """Let everybody on the roster of *walk* consent to the settlement."""
    if walk.case.roster.exists():
        speaking.record_consents(
            walk.proceeding, numbers=None, given=True, on=walk.today, at=walk.at, by=by
        )


def _workbook(walk):
    book = Workbook()
    book.active.append(TITLES)
    each = _share(walk)
    for row in (_applicant(walk), *_others(walk)):
        book.active.append([*row, walk.rng.choice(JOBS), each, "是"])
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile("人员清单.xlsx", target.getvalue())


def _share(walk):
    total = sum((claim.amount or Decimal() for claim in walk.claims), Decimal())
    return round(total / walk.plan.workers, 2)


def _applicant(walk):
    return walk.worker.name, walk.worker.id_number, walk.worker.phone


def _others(walk):
    seen = {walk.worker.id_number}
    while len(seen) < walk.plan.workers:
        worker = draw_worker(walk.rng, kind="plain")
        if worker["id_number"] not in seen:
            seen.add(worker["id_number"])
            yield worker["name"], worker["id_number"], draw_phone(walk.rng)


def giving_up_papers(proceeding):
    """Return what the represented of a collective case sign when it is given up; else nothing."""
    if not is_bound(proceeding):
        return {}
    paper = SimpleUploadedFile("撤回同意名单.pdf", make_pdf(["全体被代表人同意撤回"]))
    return {"agreed": present(proceeding.case).count(), "paper": paper}
