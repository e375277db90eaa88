"""Every kind of paper that comes with the product, in groups, as the pages list them."""

from functools import cache
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from papers.layouts import (
    aid,
    assistance,
    beginning,
    commission,
    federation,
    following,
    mediating,
)
from papers.layouts.page import compose

GROUPS = (
    (_("Beginning of mediation"), beginning.KINDS),
    (_("Mediation and its end"), mediating.KINDS),
    (_("After mediation"), following.KINDS),
    (_("Papers of the commission"), commission.KINDS),
    (_("Legal aid and the closed file"), (*aid.KINDS, *assistance.KINDS)),
    (_("Papers of the federation"), federation.KINDS),
)
KINDS = {kind.code: kind for _title, kinds in GROUPS for kind in kinds}


@cache
def built_in(code):
    """Return the template of the kind *code* that comes with the product, as .docx bytes."""
    kind = KINDS[code]
    document = compose(kind.heading, kind.parts, numbered=kind.numbered, issuer=kind.issuer)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()
