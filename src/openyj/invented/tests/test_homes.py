"""Where a child lives: episodes follow one another, custody among them."""

from __future__ import annotations

import numpy as np
import pytest

from openyj.invented import parameters
from openyj.invented.draws import NO_DAY
from openyj.invented.parameters import Given
from openyj.invented.records import HOME, homes

UNTIL = 100
SECURE = {"YOI", "SCH", "STC"}


def episodes(custody, start=0, seed=1, until=UNTIL):
    """(start, end, in custody) of one child's primary homes; None for an open end."""
    record = {"person": [0], "kind": [HOME], "from": [start], "to": [until]}
    held = {
        "record": np.zeros(len(custody), dtype=np.int64),
        "start": np.array([c[0] for c in custody], dtype=np.int64),
        "end": np.array([NO_DAY if c[1] is None else c[1] for c in custody], dtype=np.int64),
    }
    found = homes(np.random.default_rng(seed), {k: np.array(v) for k, v in record.items()}, held, until)
    return [
        (int(a), None if b == NO_DAY else int(b), kind in SECURE)
        for a, b, kind, primary in zip(found["start"], found["end"], found["type"], found["primary"], strict=True)
        if primary
    ]


@pytest.fixture
def settled(monkeypatch):
    """Nobody moves house."""
    monkeypatch.setattr(parameters, "MOVES_HOME", Given(0.0, "invented"))


@pytest.mark.parametrize(
    ("custody", "expected"),
    [
        ([], [(0, None, False)]),
        ([(10, 20)], [(0, 9, False), (10, 20, True), (21, None, False)]),
        ([(10, None)], [(0, 9, False), (10, None, True)]),
        ([(10, 20), (15, 30)], [(0, 9, False), (10, 30, True), (31, None, False)]),
        ([(10, 20), (21, 30)], [(0, 9, False), (10, 30, True), (31, None, False)]),
        ([(0, 20)], [(0, 20, True), (21, None, False)]),
        ([(10, 20), (40, 50)],
         [(0, 9, False), (10, 20, True), (21, 39, False), (40, 50, True), (51, None, False)]),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("settled")
def test_custody_takes_its_place_among_the_homes(custody, expected):
    assert episodes(custody) == expected


@pytest.mark.parametrize("seed", range(40))
def test_moves_in_custody_do_not_end_it(seed, monkeypatch):
    monkeypatch.setattr(parameters, "MOVES_HOME", Given(3.0, "invented"))
    found = episodes([(100, 700)], seed=seed, until=1000)
    assert [e for e in found if e[2]] == [(100, 700, True)]
    assert len(found) > 1
    ends = [end for _, end, _ in found]
    assert [start for start, _, _ in found] == [0, *(end + 1 for end in ends[:-1])]
    assert ends[-1] is None
    assert all(end >= start for start, end, _ in found[:-1])
