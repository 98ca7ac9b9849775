"""The levels of a professional's judgements. Configuration: see data/levels.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def levels() -> dict[str, dict[str, str]]:
    """Code and label of each level, by judgement."""
    return yaml.safe_load(files("openyj.assessment").joinpath("data/levels.yaml").read_text(encoding="utf-8"))


def safety_wellbeing() -> list[tuple[str, str]]:
    return list(levels()["safety_wellbeing"].items())


def harm_to_others() -> list[tuple[str, str]]:
    return list(levels()["harm_to_others"].items())


def offending() -> list[tuple[str, str]]:
    return list(levels()["offending"].items())
