"""What was signed and sealed, for the whole file of a case: scans and signatures on the screen."""

from django.db.models import Q

from disputes.dossiers import SIGNED, Piece, register
from mediation.models import Signing

WHO = {
    "worker": "劳动者签名",
    "employer": "用人单位盖章或签名",
    "mediator": "调解员签名",
    "seal": "调解组织印章",
}


def connect():
    """Let the record put what was signed into the file of a case."""
    register(_signed)


def _signed(case, content):
    """Return a ``Piece`` per kept signature of the agreements that reach the reader."""
    reaches = Q(agreement__proceeding__in=content.worked)
    reaches |= Q(agreement__proceeding__ordinal__lt=content.after)
    rows = Signing.objects.filter(reaches, agreement__proceeding__case=case).exclude(file="")
    return [_piece(row) for row in rows.select_related("party").order_by("agreement", "pk")]


def _piece(row):
    name = WHO[row.who] + (f"（{row.party.name}）" if row.party else "")
    way = "扫描件" if row.method == Signing.Method.SCAN else "屏幕签名"
    return Piece(
        part=SIGNED,
        title=f"调解协议{name}　{way}",
        day=row.signed_on,
        content_type=row.content_type,
        open=lambda: row.file.open("rb"),
        sha256=row.sha256,
    )
