"""Find the figure that a place had set for a day: minimum wage, average wage and the like."""

from law.edition import kept_while_unchanged
from law.refusals import ParameterMissing

REGION = "锦州市"


@kept_while_unchanged("parameters")
def _parameters_by_name():
    from law.models import LocalParameter

    by_name = {}
    for parameter in LocalParameter.objects.order_by("name", "in_force"):
        by_name.setdefault(parameter.name, []).append(parameter)
    return by_name


def parameter_on(name, on, *, region=REGION, county=""):
    """Return the `LocalParameter` *name* in force on the `date` *on* at the place.

    *county* "" means the urban districts of *region*. Raises ParameterMissing when nobody has
    recorded the figure yet.
    """
    for parameter in _parameters_by_name().get(name, ()):
        if (parameter.region, parameter.county) == (region, county) and _covers(
            parameter.in_force, on
        ):
            return parameter
    raise ParameterMissing(_label(name), on, region + county)


def _label(name):
    from law.models import LocalParameter

    return LocalParameter.Name(name).label


def _covers(period, day):
    after_start = period.lower is None or period.lower <= day
    return after_start and (period.upper is None or day < period.upper)
