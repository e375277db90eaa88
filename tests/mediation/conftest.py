import pytest

from tests.mediation.acts import accept


@pytest.fixture
def accepted_case(district_case, regional_head):
    """A proceeding at the district, accepted on the Tuesday after it was filed."""
    accept(district_case, by=regional_head)
    return district_case
