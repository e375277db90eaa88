"""A stamp stands only as long as what it speaks of."""

from house import stamps
from house.table import table


def test_digest_tells_content_names_and_words_apart(tmp_path):
    file = tmp_path / "a"
    seen = {stamps.digest(tmp_path)}
    for text in ("one", "two"):
        file.write_text(text)
        seen.add(stamps.digest(tmp_path))
    file.rename(tmp_path / "b")
    seen |= {stamps.digest(tmp_path), stamps.digest(tmp_path, words=["more"])}

    assert len(seen) == 5


def test_digest_leaves_out_caches_of_python(tmp_path):
    before = stamps.digest(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").touch()

    assert stamps.digest(tmp_path) == before


def test_stamp_is_current_for_its_own_value_only(tmp_path):
    folder = tmp_path / "stamps"
    assert not stamps.is_current(folder, "static", "1")

    stamps.write(folder, "static", "1")

    assert stamps.is_current(folder, "static", "1")
    assert not stamps.is_current(folder, "static", "2")


def test_columns_line_up_where_chinese_is_two_wide():
    assert table([["用户名", "密码"], ["li", "x"]]) == "  用户名  密码\n  li      x"
