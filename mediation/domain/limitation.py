"""The limitation period of a case that is or was mediated."""

from disputes.domain.clocks import restart_clock
from disputes.models import Deadline


def run_anew(case, *, on, at, by=None):
    """Let the limitation period of *case* run again after the date *on*.

    It does when the other side refuses mediation and when mediation ends without an agreement
    (企业劳动争议协商调解规定 article 31, 民法典 article 195). A period that has ended stays ended.
    """
    for deadline in (
        Deadline.objects.running()
        .filter(case=case, rule__rule_id="LIMITATION")
        .select_related("rule")
    ):
        restart_clock(deadline, on=on, at=at, by=by)
