"""What the case page offers of the commission's desk."""

from django.urls import reverse
from django.utils.translation import gettext as _

from arbitration.acts import acts_for
from arbitration.deskfile import SINGLE, DeskFile
from disputes.models import Proceeding, Tier


def actions_for(current):
    """Return (title, url, False) of the desk of a case and the acts most often needed there.

    *current* is what ``disputes.permissions.at_desk`` answered: the last proceeding with the
    duties of the reader, or None. Nothing is offered before the case comes to a commission of
    this house, and to those who do not work there.
    """
    if current is None or current.tier != Tier.ARBITRATION or not current.office.handled_here:
        return []
    if not current.duties:
        return []
    proceeding = Proceeding.objects.select_related("case", *SINGLE).get(pk=current.pk)
    file = DeskFile(proceeding, duties=set(current.duties))
    found = [(_("Desk of the case"), reverse("desk", args=[proceeding.pk]), False)]
    for name, act in acts_for(file, quick=True).items():
        found.append((str(act.title), reverse("desk_act", args=[proceeding.pk, name]), False))
    return found
