"""Keys are made once and never replaced while there are data that need them."""

import pytest
from cryptography.fernet import Fernet

from house import keys
from house.talk import Trouble


@pytest.fixture(autouse=True)
def _no_keys_in_the_environment(data_folder, monkeypatch):
    for name in keys.NAMES:
        monkeypatch.delenv(name, raising=False)


def test_first_start_makes_keys_that_only_their_owner_reads(data_folder):
    made = keys.load()

    assert (data_folder / "secrets.env").stat().st_mode & 0o777 == 0o600
    assert len(set(made.values())) == 3
    Fernet(made["FIELD_KEYS"])


def test_later_starts_have_the_same_keys():
    assert keys.load() == keys.load()


def test_the_environment_goes_first(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "chosen by the operator")

    assert keys.load()["SECRET_KEY"] == "chosen by the operator"


def test_several_field_keys_are_kept_as_they_stand(data_folder):
    keys.load()
    file = data_folder / "secrets.env"
    file.write_text("SECRET_KEY=s\nFIELD_KEYS=new=,old=\nINDEX_KEY=i\n")

    assert keys.load() == {"SECRET_KEY": "s", "FIELD_KEYS": "new=,old=", "INDEX_KEY": "i"}


def test_lost_keys_are_not_replaced_while_the_data_are_there(data_folder):
    keys.load()
    (data_folder / "pg" / "data").mkdir(parents=True)
    (data_folder / "secrets.env").unlink()

    with pytest.raises(Trouble, match="密钥文件 .* 不见了"):
        keys.load()


def test_an_old_index_key_passes_while_it_is_being_changed(data_folder):
    keys.load()
    file = data_folder / "secrets.env"
    file.write_text("SECRET_KEY=s\nFIELD_KEYS=f=\nINDEX_KEY=i\nINDEX_KEY_OLD=o\n")

    assert keys.load()["INDEX_KEY_OLD"] == "o"
