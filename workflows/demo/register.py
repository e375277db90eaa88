"""The register of the demo: the house's own when it has one, else a small invented one."""

from offices.domain.register import import_register
from offices.models import Office
from workflows.demo.words import DATA


def need_register():
    """Load the demo register unless a city federation is entered; say whether it was loaded."""
    if Office.objects.filter(kind=Office.Kind.CITY_FEDERATION, is_active=True).exists():
        return False
    import_register(DATA / "offices.csv")
    return True
