"""A folder is written whole or not at all."""

from __future__ import annotations

import pytest

from openyj.invented.whole import whole


def test_a_new_folder_appears_when_all_is_written(tmp_path):
    folder = tmp_path / "deep" / "new"
    with whole(folder) as aside:
        (aside / "one").write_text("1")
        assert not folder.exists()
    assert [path.name for path in folder.iterdir()] == ["one"]
    assert [path.name for path in folder.parent.iterdir()] == ["new"]


def test_an_empty_folder_is_filled_even_where_the_person_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with whole(tmp_path.__class__(".")) as aside:
        (aside / "one").write_text("1")
        (aside / "more").mkdir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["more", "one"]


@pytest.mark.parametrize("there", [True, False])
def test_what_fails_leaves_nothing(tmp_path, there):
    folder = tmp_path / "folder"
    if there:
        folder.mkdir()
    with pytest.raises(RuntimeError), whole(folder) as aside:
        (aside / "half").write_text("1")
        raise RuntimeError
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


def test_a_folder_in_use_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine").write_text("1")
    with pytest.raises(FileExistsError, match="Name an empty folder"), whole(tmp_path):
        pytest.fail("nothing is written")
    assert (tmp_path / "mine").read_text() == "1"


def test_two_at_once_do_not_mix(tmp_path):
    new = tmp_path / "new"
    with whole(new), pytest.raises(FileExistsError, match="another run is writing"), whole(new):
        pytest.fail("nothing is written")
    assert new.is_dir()
