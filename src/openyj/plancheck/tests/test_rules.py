"""Each rule bites: a small text it flags, its corrected twin that it does not, and silence when it is off."""

import pytest

from openyj.plancheck import check
from openyj.plancheck.reading import read_text
from openyj.plancheck.rules import RULES

APPENDICES = "Appendix 1 - Budget 2023/24\nAppendix 2 - Outcomes framework\nAppendix 3 - Staffing\n\n"
BUDGET = (
    "Budget 2023/24\n\nAgency\tStaffing (£)\tOther (£)\tTotal (£)\nPolice\t50,000\t1,250\t51,250\n"
    "Health\t20,100\t2,000\t22,100\nYJB grant\t400,275\t0\t400,275\nTotal\t470,375\t3,250\t473,625\n\n"
)
ACTIONS = "| Action | Owner | Success measure |\n|---|---|---|\n"

# rule, wrong, right; each pair differs by one figure or word
CASES = [
    ("table-does-not-add-up", BUDGET.replace("473,625", "475,625"), BUDGET),
    ("table-does-not-add-up", BUDGET.replace("51,250", "52,150"), BUDGET),
    (
        "text-against-table",
        BUDGET + "The YJB grant for 2023/24 is £400,725.\n",
        BUDGET + "The YJB grant for 2023/24 is £400,275.\n",
    ),
    ("text-against-table", BUDGET + "The total budget is £474,625.\n", BUDGET + "The total budget is £473,625.\n"),
    (
        "same-figure-two-values",
        "In 2022/23 there were 57 first time entrants.\n\nWe recorded 67 first time entrants in 2022/23.\n",
        "In 2022/23 there were 57 first time entrants.\n\nWe recorded 67 first time entrants in 2021/22.\n",
    ),
    (
        "same-figure-two-values",
        "Of the cohort 25 of 118 reoffended.\n\nLater we say that 25 of 117 reoffended.\n",
        "Of the cohort 25 of 118 reoffended.\n\nLater we say that 25 of 118 reoffended.\n",
    ),
    (
        "rate-is-not-its-count",
        "There were 12 custodial sentences, a rate of 0.50 per 1,000.\n\nThere were 6 custodial "
        "sentences, a rate of 0.90 per 1,000.\n",
        "There were 12 custodial sentences, a rate of 0.50 per 1,000.\n\nThere were 6 custodial "
        "sentences, a rate of 0.25 per 1,000.\n",
    ),
    ("share-is-not-its-count", "Of them 25 of 118 (31.2%) reoffended.\n", "Of them 25 of 118 (21.2%) reoffended.\n"),
    ("share-is-not-its-count", "Of 64 children, 16 (35%) were girls.\n", "Of 64 children, 16 (25%) were girls.\n"),
    ("share-is-not-its-count", "25 out of 118\nreoffended\n31.2%\n", "25 out of 118\nreoffended\n21.2%\n"),
    (
        "parts-do-not-make-the-whole",
        "We know 90 children (72 boys and 28 girls).\n",
        "We know 90 children (72 boys and 18 girls).\n",
    ),
    ("change-is-not-its-size", "It fell from 74 to 61 (18.5%).\n", "It fell from 74 to 61 (17.6%).\n"),
    (
        "change-is-not-its-size",
        "There were 45 first time entrants compared with 60 the year before, a 33% decrease.\n",
        "There were 45 first time entrants compared with 60 the year before, a 25% decrease.\n",
    ),
    (
        "change-is-not-its-size",
        "Entrants reduced by 14 percentage points from 105 to 91.\n",
        "Entrants reduced by 13.3% from 105 to 91.\n",
    ),
    (
        "series-change-is-not-its-size",
        "Number of orders\t% change\nA\tB\tC\n".replace("\t", "\n")
        + "Reoffenders\n71\n62\n32\n-51.9%\nCohort\n196\n160\n105\n-46.4%\n",
        "Number of orders\t% change\nA\tB\tC\n".replace("\t", "\n")
        + "Reoffenders\n71\n62\n32\n-54.9%\nCohort\n196\n160\n105\n-46.4%\n",
    ),
    (
        "change-in-the-wrong-direction",
        "The rate decreased from 31.7% to 34.7%.\n",
        "The rate increased from 31.7% to 34.7%.\n",
    ),
    (
        "change-in-the-wrong-direction",
        "Reoffending has fallen to 38.2% compared to 35.1% last year.\n",
        "Reoffending has fallen to 35.1% compared to 38.2% last year.\n",
    ),
    (
        "percentage-in-other-words",
        "The rate is 47.7%; basically 4:10 reoffend.\n",
        "The rate is 47.7%; basically 5:10 reoffend.\n",
    ),
    ("wrong-unit", "The custody rate was 0.3% per 1,000 children.\n", "The custody rate was 0.3 per 1,000 children.\n"),
    (
        "wrong-unit",
        "Our first time entrants rate is 91 per 10,000.\n\nThe first time entrants rate of 91 per 100,000 is low.\n",
        "Our first time entrants rate is 91 per 100,000.\n\nThe first time entrants rate of 91 per 100,000 is low.\n",
    ),
    (
        "wrong-unit",
        "Funding\n£'000s\nBoard\n356,772\nPolice\n85,120\nTotal\n441,892\n",
        "Funding\n£\nBoard\n356,772\nPolice\n85,120\nTotal\n441,892\n",
    ),
    ("malformed-number", "The core grant is £570.283 this year.\n", "The core grant is £570,283 this year.\n"),
    ("malformed-number", "That is 25.5X% of all.\n", "That is 25.5% of all.\n"),
    ("date-that-cannot-be", "It is due by 31/09/2023.\n", "It is due by 30/09/2023.\n"),
    ("date-that-cannot-be", "The cohort of Jul 16 - Jun 16 is small.\n", "The cohort of Jul 15 - Jun 16 is small.\n"),
    (
        "appendix-reference",
        APPENDICES + "The Outcomes Framework can be seen at Appendix 3.\n",
        APPENDICES + "The Outcomes Framework can be seen at Appendix 2.\n",
    ),
    (
        "appendix-reference",
        APPENDICES + "Risks are listed in Appendix 7.\n",
        APPENDICES + "Posts are listed in Appendix 3.\n",
    ),
    (
        "contents-and-heading-disagree",
        APPENDICES + "Some text.\n\nAppendix 1 - Budget 2022/23\n",
        APPENDICES + "Some text.\n\nAppendix 1 - Budget 2023/24\n",
    ),
    (
        "action-without-owner-or-measure",
        ACTIONS + "| Train | Manager | All trained |\n| Visit | | 9 visits |\n| Write | Officer | Done |\n",
        ACTIONS + "| Train | Manager | All trained |\n| Visit | Nurse | 9 visits |\n| Write | Officer | Done |\n",
    ),
]


def found(text, without=()):
    return [f.rule for f in check(read_text(text, "md"), without).findings]


@pytest.mark.parametrize(("rule", "wrong", "right"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_rule_flags_the_wrong_text_alone_and_only_while_it_is_on(rule, wrong, right):
    assert found(wrong) == [rule]
    assert found(right) == []
    assert found(wrong, without={rule}) == []


def test_every_rule_is_proved_to_bite():
    proved = {case[0] for case in CASES} | {"section-not-found"}
    assert {rule.ID for rule in RULES} == proved


def test_every_rule_explains_itself():
    for rule in RULES:
        assert len(rule.__doc__) > 150, rule.ID
        assert rule.TITLE[0].isupper()


def test_missing_sections_are_undecided_and_named():
    headings = ["Youth Justice Plan 2021/22", "Introduction", "Governance", "Performance", "Resources", "Risks"]
    headings += ["Sign off", "Who we are", "Where we work"]
    result = check(read_text("\n\n".join(headings)))
    assert result.findings == []
    assert [f.figures for f in result.undecided] == [("service improvement plan",)]
    complete = "\n\n".join([*headings, "Service improvement plan"])
    assert check(read_text(complete)).undecided == []


def test_points_called_per_cent_are_undecided():
    result = check(read_text("The rate fell by 5.6% from 38.9% to 33.3%.\n"))
    assert result.findings == []
    assert [f.figures for f in result.undecided] == [("38.9%", "33.3%", "5.6%")]


def test_one_contradiction_on_the_same_lines_is_told_once():
    text = "There were 45 first time entrants compared with 60 the year before, a 33% decrease.\n"
    assert len(check(read_text(text)).findings) == 1
