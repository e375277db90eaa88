"""What the case page offers of the commission's desk."""

from django.urls import reverse
from django.utils.translation import gettext as _

from arbitration.acts import acts_for
from arbitration.deskfile import SINGLE, DeskFile
from disputes.models import Proceeding, Tier


def actions_for(current):
    """Return (title, url, False) of the desk of a case and the acts most often needed there.

    *current* is what ``disputes.permissions.at_desk`` answered: the last proceeding with the
    duties of the reader, or None. Of a case that another organisation handles the package and
    the list to chase it are offered to those who send its papers.
    """
    if current is None or not current.duties:
        return []
    if not current.office.handled_here:
        return _outside(current)
    if current.tier != Tier.ARBITRATION:
        return []
    proceeding = Proceeding.objects.select_related("case", *SINGLE).get(pk=current.pk)
    file = DeskFile(proceeding, duties=set(current.duties))
    found = [(_("Desk of the case"), reverse("desk", args=[proceeding.pk]), False)]
    for name, act in acts_for(file, quick=True).items():
        found.append((str(act.title), reverse("desk_act", args=[proceeding.pk, name]), False))
    return found


def _outside(current):
    if "file_cases" not in current.duties:
        return []
    package = reverse("handover_package", args=[current.pk])
    return [
        (_("Package for the other organisation"), package, False),
        (_("Cases handed over"), reverse("handovers"), False),
    ]
