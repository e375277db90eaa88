import pytest

from tests.disputes.ledger.workbooks import make_ledger


@pytest.fixture
def ledger(tmp_path):
    """Write a ledger into a file of its own; its path is returned."""

    def write(rows, name="ledger.xlsx", **kwargs):
        return make_ledger(tmp_path / name, rows, **kwargs)

    return write
