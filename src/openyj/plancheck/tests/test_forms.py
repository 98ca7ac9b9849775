"""An invented Plan in every form: consistent, it stays quiet; with one thing wrong, that is found and little else."""

import pytest

from openyj.plancheck import check, read
from openyj.plancheck.reading import read_text
from openyj.plancheck.tests.plans import (
    BUDGET,
    STAFF,
    as_docx,
    as_lines,
    as_markdown,
    as_pdf,
    as_tabs,
    changed,
    invented,
)

FORMS = ["lines", "tabs", "markdown", "docx", "pdf"]

# what is said instead, the rule, figures the finding must name, how many findings there may be
SEEDS = {
    "budget in the text": (
        {"budget": "The total budget for 2023/24 is £1,473,373; the breakdown is set out in Appendix 1."},
        "text-against-table",
        {"£1,473,373", "1,437,373"},
    ),
    "grant in the text": (
        {"grant": "The Youth Justice Board grant for 2023/24 is £419,206, paid in four parts."},
        "text-against-table",
        {"£419,206", "419,026"},
    ),
    "staff in the text": (
        {"staff": "At the time of writing we have 63 members of staff; the table below gives a breakdown."},
        "text-against-table",
        {"63", "64"},
    ),
    "two values": (
        {"entrants again": "We recorded 67 first time entrants in 2022/23, most of them aged 15 to 17."},
        "same-figure-two-values",
        {"57", "67"},
    ),
    "size of a change": (
        {"fall": "The number has reduced from 76 to 57 (35%) over two years."},
        "change-is-not-its-size",
        {"76", "57", "35%"},
    ),
    "direction": (
        {"rise": "The rate of reoffending has decreased from 31.7% to 34.7% since the year before."},
        "change-in-the-wrong-direction",
        {"31.7%", "34.7%"},
    ),
    "share": (
        {"share": "Of the children who finished an order, 46 out of 53 (76.8%) were in suitable accommodation."},
        "share-is-not-its-count",
        {"46", "53", "76.8%"},
    ),
    "ratio": (
        {"ratio": "About 40% of children, or 4 in 5, had a need in speech and language."},
        "percentage-in-other-words",
        {"40%", "4 in 5"},
    ),
    "unit": (
        {"custody": "There were 6 custodial sentences, a rate of 0.24% per 1,000 of the 10-17 population."},
        "wrong-unit",
        {"0.24%"},
    ),
    "parts": (
        {"sexes": "The caseload was 90 children (72 boys and 28 girls) on 31 March 2023."},
        "parts-do-not-make-the-whole",
        {"90", "72", "28"},
    ),
    "date": (
        {"review": "The board will meet on 31 September 2023 to review the plan."},
        "date-that-cannot-be",
        {"31 September 2023"},
    ),
    "appendix": (
        {"structure": "The structure of the service is shown in Appendix 3."},
        "appendix-reference",
        {"Appendix 3", "Appendix 2"},
    ),
    "missing appendix": (
        {"risks": "The register of risks can be found at Appendix 5."},
        "appendix-reference",
        {"Appendix 5"},
    ),
    "contents": (
        {"contents budget": "Appendix 1 - Budget and contributions 2022/23"},
        "contents-and-heading-disagree",
        {"2022/23", "2023/24"},
    ),
    "a row's total": ({"budget table": changed(BUDGET, 1, 4, "73,570")}, "table-does-not-add-up", {"73,570"}),
    "a column's total": ({"budget table": changed(BUDGET, 7, 1, "1,144,466")}, "table-does-not-add-up", {"1,144,466"}),
    "one cell": ({"budget table": changed(BUDGET, 4, 1, "25,770")}, "table-does-not-add-up", {"71,075", "25,770"}),
    "the grand total of staff": (
        {"staff table": changed(STAFF, 5, 3, "66"), "staff": "There are 66 members of staff; see the table below."},
        "table-does-not-add-up",
        {"66"},
    ),
}


def documents(form, blocks, folder):
    """The blocks in one form, read back."""
    if form == "docx":
        return read(as_docx(blocks, folder / "plan.docx"))
    if form == "pdf":
        return read(as_pdf(blocks, folder / "plan.pdf"))
    writer = {"lines": as_lines, "tabs": as_tabs, "markdown": as_markdown}[form]
    return read_text(writer(blocks), "md")


@pytest.mark.parametrize("form", FORMS)
def test_a_consistent_plan_stays_quiet(form, tmp_path):
    assert check(documents(form, invented(), tmp_path)).findings == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_wrong_is_found_and_nothing_else(form, seed, tmp_path):
    change, rule, figures = SEEDS[seed]
    result = check(documents(form, invented(**{k.replace(" ", "_"): v for k, v in change.items()}), tmp_path))
    assert [f.rule for f in result.findings] == [rule]
    told = set(result.findings[0].figures)
    assert figures <= told
    printed = " ".join(line.text for line in result.document.lines)
    assert all(figure in printed for figure in told)
    assert all(0 < n <= len(result.document.lines) for n in result.findings[0].lines)


def test_places_are_told_by_page_and_by_table(tmp_path):
    seed = SEEDS["a row's total"][0]["budget table"]
    pdf = documents("pdf", invented(budget_table=seed), tmp_path)
    (finding,) = check(pdf).findings
    assert "page" in pdf.place_of(finding.lines[0])
    word = documents("docx", invented(budget_table=seed), tmp_path)
    (finding,) = check(word).findings
    assert word.place_of(finding.lines[0]).endswith("(table 3, row 2)")
