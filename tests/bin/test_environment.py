"""Whether packages are missing is read off what is installed, not off a memory of it."""

import json

import pytest

from house import environment, frontend
from house.paths import ROOT


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """An empty environment in place of the real one; return how to install into it."""
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "VENV_PYTHON", ROOT / ".venv" / "bin" / "python")

    def install(name, *files):
        folder = tmp_path / "lib" / "python3.11" / "site-packages" / f"{name}.dist-info"
        folder.mkdir(parents=True)
        for file in files:
            (folder / file).touch()

    return install


def test_pins_of_the_tests_include_those_of_the_product():
    assert set(environment.pins("requirements.txt")) < set(
        environment.pins("requirements-test.txt")
    )


def test_other_spelling_of_a_name_is_the_same_package(venv):
    venv("dj_database_url-3.1.2", "RECORD")

    assert "dj-database-url" not in environment.missing("requirements.txt")


def test_other_version_is_missing(venv):
    venv("dj_database_url-1.0", "RECORD")

    assert "dj-database-url" in environment.missing("requirements.txt")


def test_package_whose_installation_was_interrupted_is_missing(venv):
    venv("dj_database_url-3.1.2", "METADATA")

    assert "dj-database-url" in environment.missing("requirements.txt")


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """A tree with a lock of one package for pages and one for tests, nothing installed."""
    packages = {
        "": {"name": "house"},
        "node_modules/page": {"version": "1.0.0"},
        "node_modules/check": {"version": "2.0.0", "dev": True},
        "node_modules/elsewhere": {"version": "3.0.0", "dev": True, "optional": True},
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}))
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(frontend, "ROOT", tmp_path)
    monkeypatch.setattr(frontend, "NODE_MODULES", tmp_path / "node_modules")

    def install(**versions):
        have = {f"node_modules/{name}": {"version": v} for name, v in versions.items()}
        for name in have:
            (tmp_path / name).mkdir()
        hidden = tmp_path / "node_modules" / ".package-lock.json"
        hidden.write_text(json.dumps({"packages": have}))

    return install


@pytest.mark.parametrize(
    ("installed", "complete"),
    [({"page": "1.0.0"}, True), ({"page": "1.0.1"}, False), ({"check": "2.0.0"}, False)],
)
def test_pages_need_the_versions_of_the_lock(modules, installed, complete):
    modules(**installed)

    assert frontend.is_complete(tests=False) is complete


def test_tests_need_more_than_pages(modules):
    modules(page="1.0.0")

    assert not frontend.is_complete(tests=True)


def test_what_is_for_another_system_is_not_missed(modules):
    modules(page="1.0.0", check="2.0.0")

    assert frontend.is_complete(tests=True)


def test_nothing_installed_is_not_complete(modules):
    assert not frontend.is_complete(tests=False)


def test_lock_names_no_address():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
