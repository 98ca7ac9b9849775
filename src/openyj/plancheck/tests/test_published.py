"""The published Plans beside the project: what is known to be wrong is found, what only looks wrong is not."""

from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from openyj.plancheck import check, read
from openyj.plancheck.rules import money, sums, units

ROOT = Path(__file__).resolve().parents[4]
SHARED = ROOT.parent / "shared"
KNOWN = yaml.safe_load((ROOT / "benchmarks" / "check_plan_known.yaml").read_text(encoding="utf-8"))

needs_plans = pytest.mark.skipif(
    not (SHARED / "published-plans").is_dir(), reason="the published Plans are not beside the repository"
)


@lru_cache(maxsize=64)
def findings(name):
    path = SHARED / "published-plans" / name
    path = path if path.exists() else SHARED / "source-documents" / name
    return check(read(path)).findings


def names(finding, figures):
    told = [f.lstrip("£") for f in finding.figures]
    return all(f.lstrip("£") in told or (len(f) > 4 and f in finding.message) for f in figures)


@needs_plans
@pytest.mark.parametrize("known", KNOWN, ids=[f"{k['plan'][:14]}-{'-'.join(k['figures'])[:40]}" for k in KNOWN])
def test_what_is_known_to_be_wrong_is_found(known):
    assert any(names(f, known["figures"]) for f in findings(known["plan"]))


# sums and money that look wrong and are not: pence and bracketed vacancies, remand tables, a real negative
# contribution, a percentage split that rounding explains, income in brackets
QUIET_SUMS = [
    "44-southwark-2019-20.md",
    "33-salford-2019-20.md",
    "29-powys-2019-20.md",
    "15-newham-2019-20.md",
    "16-newport-2019-20.md",
    "35-sheffield-2019-21.md",
    "51-surrey-2019-20.md",
    "09-medway-2017-20.md",
    "medway-scrutiny-report-2020.txt",
    "sefton-youth-justice-plan-2019-20.txt",
    "01-lambeth-2019-21.md",
    "03-leicester-city-2019-20.md",
]


@needs_plans
@pytest.mark.parametrize("name", QUIET_SUMS)
def test_tables_that_only_look_wrong_are_left_alone(name):
    assert [f for f in findings(name) if f.rule == sums.ID] == []


@needs_plans
def test_only_the_row_that_is_wrong_is_flagged_beside_a_real_negative_contribution():
    told = [f.figures for f in findings("38-solihull-2018-20.md") if f.rule in (sums.ID, money.ID)]
    assert told == [("52,924", "52,398")]


@needs_plans
def test_the_rounded_split_and_the_income_in_brackets_are_left_alone():
    told = [f for f in findings("27-plymouth-2019-20.md") if f.rule in (sums.ID, units.ID)]
    assert sorted(f.figures[0] for f in told) == ["757,988", "£'000s"]


@needs_plans
def test_the_council_report_and_the_inspection_report_are_quiet():
    assert findings("medway-scrutiny-report-2020.txt") == []
    assert findings("milton-keynes-hmip-inspection-report-2021.txt") == []
