"""How every course begins."""

from workflows.engine import TierFlow
from workflows.models import Course


class Beginning(TierFlow):
    """Ties the new process to its proceeding before the first step is made."""

    def begin(self, activation, *, proceeding):
        activation.process.save()
        Course.objects.create(proceeding=proceeding, process=activation.process)


def proceeding_of(activation):
    """Return the proceeding whose course *activation* is a moment of."""
    return activation.process.course.proceeding
