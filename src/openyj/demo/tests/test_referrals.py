"""The invented referrals as they are written down: every word and state exists, and the queue has one of each."""

from __future__ import annotations

import csv
from importlib.resources import files

import yaml

from openyj.demo.referrals import COURT, LED_TO
from openyj.referrals.models import State

TOLD = yaml.safe_load(files("openyj.demo").joinpath("data/referrals.yaml").read_text(encoding="utf-8"))
KINDS = {
    (row["listed"], row["code"])
    for row in csv.DictReader(
        files("openyj.referrals").joinpath("data/kinds.csv").read_text(encoding="utf-8").splitlines()
    )
}


def test_every_word_is_one_of_the_shipped():
    for each in TOLD["latest"]:
        assert ("source", each["source"]) in KINDS and ("purpose", each["purpose"]) in KINDS
        assert "work" not in each or ("work", each["work"]) in KINDS
        assert each.get("state") != "refused" or ("refusal", each["why"]) in KINDS
    for purpose, source, work in [*LED_TO.values(), COURT]:
        assert {("purpose", purpose), ("source", source), ("work", work)} <= KINDS
        assert TOLD["said"][purpose]


def test_the_queue_has_each_state_that_waits_and_one_that_is_urgent():
    states = {each.get("state", "waiting") for each in TOLD["latest"]}
    assert states == set(State)
    assert sum("urgent" in each for each in TOLD["latest"]) == 1
    assert {each["child"] for each in TOLD["latest"]} == {"new", "like", "known", "ours"}
