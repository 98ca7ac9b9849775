"""What ./run test brings for the tests that need more than Python."""

from __future__ import annotations

import pytest

from ops import environment, testing
from ops.places import Problem


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been installed on a machine with nothing on it and nobody who may install."""
    installed: list[str] = []
    monkeypatch.setattr(environment, "ensure_spark", lambda: installed.append("spark"))
    monkeypatch.setattr(testing.shutil, "which", lambda name: None)
    monkeypatch.setattr(testing, "running_as_root", lambda: False)
    monkeypatch.delenv("CI", raising=False)
    return installed


def test_spark_is_installed_where_java_is(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing.shutil, "which", lambda name: f"/usr/bin/{name}")
    testing.ensure_spark()
    assert asked == ["spark"]


def test_missing_java_is_said_on_a_desk_and_refused_in_ci(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    testing.ensure_spark()
    assert "The tests of Spark are skipped until then." in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Problem, match="No Java was found"):
        testing.ensure_spark()
    assert asked == []


def test_spark_that_is_there_is_not_installed_again(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    installed: list[str] = []
    monkeypatch.setattr(environment, "stamp", lambda lock: tmp_path / lock)
    monkeypatch.setattr(environment, "install", lambda lock: installed.append(lock.name))
    environment.ensure_spark()
    lock = environment.ROOT / "requirements" / "spark.txt"
    (tmp_path / "spark.txt").write_text(environment.hashlib.sha256(lock.read_bytes()).hexdigest())
    environment.ensure_spark()
    assert installed == ["spark.txt"]
