"""One small course twice: from the stock parts of django-viewflow 2.4.0, and from ours.

``examine`` has a deadline; behind it a function keeps a number in a local variable, and fails
where the process says so.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from viewflow import this
from viewflow.workflow import flow

from offices.models import Office
from workflows.engine import TierFlow, Work
from workflows.models import TierProcess

DUE = datetime(2026, 9, 21, tzinfo=ZoneInfo("Asia/Shanghai"))
NUMBER = "210799199001011234"


def office_of(process):
    """Return the office that *process* names."""
    return Office.objects.get(pk=process.data["office"])


def office_of_tier(process):
    """Return the office of a *process* that is one of a tier."""
    if not isinstance(process, TierProcess):
        raise TypeError(f"{process!r} is not the process of a tier")
    return office_of(process)


class Acts:
    """What both courses do behind their steps. Methods only."""

    def begin(self, activation, *, office, breaks=False, still=False):
        activation.process.data = {"office": office.pk, "breaks": breaks, "still": still}
        activation.process.save()

    def moment(self, activation):
        return None if activation.process.data["still"] else DUE

    def go_on(self, activation):
        number = NUMBER
        if activation.process.data["breaks"]:
            raise ValueError(f"nobody takes the case of {number[:6]}")


class StockFlow(Acts, flow.Flow):
    """Stock"""

    start = flow.StartHandle(this.begin).Next(this.examine)
    examine = (
        flow.View(None)
        .Permission("offices.mediate", obj=office_of)
        .OnTimeout(this.moment, this.escalate)
        .Next(this.decide)
    )
    decide = flow.View(None).Permission("offices.accept_cases", obj=office_of).Next(this.done)
    escalate = flow.Function(this.go_on).Next(this.done)
    done = flow.End()
    withdrawn = flow.TerminateEnd()


class OurFlow(Acts, TierFlow, flow.Flow):
    """Ours"""

    process_class = TierProcess

    start = flow.StartHandle(this.begin).Next(this.examine)
    examine = (
        Work()
        .Permission("offices.mediate", obj=office_of)
        .expires(this.moment, this.escalate, title="15-day term")
        .Next(this.decide)
    )
    decide = Work().Permission("offices.accept_cases", obj=office_of).Next(this.done)
    escalate = flow.Function(this.go_on).Next(this.done)
    done = flow.End()
    withdrawn = flow.TerminateEnd()


# Traps that lie in how a flow is put together.


class PlainFlow(Acts, flow.Flow):
    """A tier of one step, which asks for no duty."""

    start = flow.StartHandle(this.begin).Next(this.examine)
    examine = flow.View(None).Next(this.done)
    done = flow.End()


class InheritedFlow(PlainFlow):
    """A tier that takes its steps over from another one."""


class Nodes:
    """Steps to be shared."""

    start = flow.StartHandle(this.begin).Next(this.examine)
    examine = flow.View(None).OnTimeout(this.moment, this.done).Next(this.done)
    done = flow.End()


class FirstMixedFlow(Acts, Nodes, flow.Flow):
    """The first of two tiers that share their steps."""


class SecondMixedFlow(Acts, Nodes, flow.Flow):
    """The second of two tiers that share their steps."""


class MethodFlow(Acts, flow.Flow):
    """A tier that names the office of its steps by a method."""

    start = flow.StartHandle(this.begin).Next(this.examine)
    examine = flow.View(None).Permission("offices.mediate", obj=this.office).Next(this.done)
    done = flow.End()

    def office(self, process):
        return office_of(process)


class ProxyFlow(Acts, flow.Flow):
    """A tier that finds the office of its steps by the process of a tier."""

    process_class = TierProcess

    start = flow.StartHandle(this.begin).Next(this.examine)
    examine = flow.View(None).Permission("offices.mediate", obj=office_of_tier).Next(this.done)
    done = flow.End()


class LongFlow(flow.Flow):
    """A tier whose step has a long title, as drawn."""

    start = flow.StartHandle().Next(this.examine)
    examine = (
        flow.View(None).Annotation(title="审查劳动争议调解申请书及其全部附件材料").Next(this.done)
    )
    done = flow.End()
