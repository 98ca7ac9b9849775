"""An invented Plan that is consistent throughout, written out as text, DOCX or PDF.

``invented(**changes)`` gives its blocks with some sentences or cells replaced, so that a test seeds one
contradiction and knows that nothing else is wrong.
"""

from __future__ import annotations

from pathlib import Path

import docx
import typst

Block = tuple[str, str] | tuple[str, list[list[str]]]

BUDGET = [
    ["Agency", "Staffing costs (£)", "Payments in kind (£)", "Other delegated funds (£)", "Total (£)"],
    ["Police", "61,350", "12,400", "", "73,750"],
    ["Police and Crime Commissioner", "", "", "88,215", "88,215"],
    ["Probation", "34,108", "", "5,000", "39,108"],
    ["Health", "52,770", "18,305", "", "71,075"],
    ["Local Authority", "604,932", "", "141,267", "746,199"],
    ["Youth Justice Board grant", "391,486", "", "27,540", "419,026"],
    ["Total", "1,144,646", "30,705", "262,022", "1,437,373"],
]
STAFF = [
    ["Role", "Female", "Male", "Total"],
    ["Managers", "4", "3", "7"],
    ["Practitioners", "17", "9", "26"],
    ["Administration", "5", "1", "6"],
    ["Volunteers", "14", "11", "25"],
    ["Total", "40", "24", "64"],
]
COHORT = [
    ["Cohort", "Number in the cohort", "Number of reoffenders", "% Reoffending"],
    ["Apr 2020 - Mar 2021", "118", "41", "34.7%"],
    ["Apr 2021 - Mar 2022", "104", "33", "31.7%"],
]
SENTENCES = {
    "budget": "The total budget for 2023/24 is £1,437,373; the breakdown is set out in Appendix 1.",
    "grant": "The Youth Justice Board grant for 2023/24 is £419,026, paid in four parts.",
    "entrants": "In 2022/23 there were 57 first time entrants to the youth justice system.",
    "entrants again": "We recorded 57 first time entrants in 2022/23, most of them aged 15 to 17.",
    "fall": "The number has reduced from 76 to 57 (25%) over two years.",
    "rise": "The rate of reoffending has increased from 31.7% to 34.7% since the year before.",
    "share": "Of the children who finished an order, 46 out of 53 (86.8%) were in suitable accommodation.",
    "ratio": "About 40% of children, or 2 in 5, had a need in speech and language.",
    "custody": "There were 6 custodial sentences, a rate of 0.24 per 1,000 of the 10-17 population.",
    "sexes": "The caseload was 90 children (72 boys and 18 girls) on 31 March 2023.",
    "staff": "At the time of writing we have 64 members of staff; the table below gives a breakdown.",
    "review": "The board will meet on 30 September 2023 to review the plan.",
    "structure": "The structure of the service is shown in Appendix 2.",
    "risks": "The register of risks can be found at Appendix 3.",
    "contents budget": "Appendix 1 - Budget and contributions 2023/24",
    "heading budget": "Appendix 1 - Budget and contributions 2023/24",
}


def invented(
    budget_table: list[list[str]] | None = None, staff_table: list[list[str]] | None = None, **sentences: str
) -> list[Block]:
    """The blocks of the Plan: ("heading" or "text", words) and ("table", rows). Underscores in names are spaces."""
    said = SENTENCES | {name.replace("_", " "): words for name, words in sentences.items()}
    body = "Children who come to the service have often been harmed themselves, and work with them begins with trust. "
    return [
        ("heading", "Northmoor Youth Justice Service"),
        ("heading", "Youth Justice Plan 2023/24"),
        ("heading", "Contents"),
        ("text", said["contents budget"]),
        ("text", "Appendix 2 - Structure of the service"),
        ("text", "Appendix 3 - Register of risks"),
        ("heading", "Introduction and vision"),
        ("text", body * 2 + said["review"]),
        ("heading", "Local context"),
        ("text", body + said["sexes"] + " " + said["ratio"]),
        ("heading", "Governance and partnership arrangements"),
        ("text", body + said["structure"]),
        ("heading", "Performance"),
        ("text", said["entrants"] + " " + said["fall"] + " " + body),
        ("text", body + said["rise"]),
        ("text", said["share"] + " " + body),
        ("text", said["custody"] + " " + body),
        ("heading", "Progress on previous plan"),
        ("text", body + said["entrants again"]),
        ("table", COHORT),
        ("heading", "Resources"),
        ("text", said["budget"] + " " + said["grant"] + " " + body),
        ("text", body + said["staff"]),
        ("table", staff_table or STAFF),
        ("heading", "Challenges, risks and issues"),
        ("text", body + said["risks"]),
        ("heading", said["heading budget"]),
        ("table", budget_table or BUDGET),
        ("heading", "Appendix 2 - Structure of the service"),
        ("text", "A chart shows the teams and the structure of the service, with its managers. " + body),
        ("heading", "Appendix 3 - Register of risks"),
        ("text", "The register of risks is reviewed by the board. " + body),
    ]


def changed(rows: list[list[str]], row: int, column: int, text: str) -> list[list[str]]:
    """A copy of a table with one cell replaced."""
    copy = [list(r) for r in rows]
    copy[row][column] = text
    return copy


def as_lines(blocks: list[Block]) -> str:
    """Text as a poor conversion leaves it: one cell a line, empty cells gone."""
    parts = []
    for kind, content in blocks:
        if kind == "table":
            parts.append("\n".join(cell for row in content for cell in row if cell))
        else:
            parts.append(str(content))
    return "\n\n".join(parts) + "\n"


def as_tabs(blocks: list[Block]) -> str:
    """Text with a tab between the cells of a row, empty cells kept."""
    parts = []
    for kind, content in blocks:
        parts.append("\n".join("\t".join(row) for row in content) if kind == "table" else str(content))
    return "\n\n".join(parts) + "\n"


def as_markdown(blocks: list[Block]) -> str:
    """Markdown with pipe tables."""
    parts = []
    for kind, content in blocks:
        if kind == "table":
            rows = ["| " + " | ".join(row) + " |" for row in content]
            rows.insert(1, "|" + " --- |" * len(content[0]))
            parts.append("\n".join(rows))
        else:
            parts.append(("## " if kind == "heading" else "") + str(content))
    return "\n\n".join(parts) + "\n"


def as_docx(blocks: list[Block], path: Path) -> Path:
    """A Word document with real tables."""
    word = docx.Document()
    for kind, content in blocks:
        if kind == "heading":
            word.add_heading(str(content), 1)
        elif kind == "text":
            word.add_paragraph(str(content))
        else:
            table = word.add_table(rows=len(content), cols=len(content[0]))
            for r, row in enumerate(content):
                for c, cell in enumerate(row):
                    table.cell(r, c).text = cell
    word.save(str(path))
    return path


def as_pdf(blocks: list[Block], path: Path) -> Path:
    """A PDF, typeset, its tables without lines."""
    parts = ['#set page(numbering: "1")', "#set text(size: 10pt)", "#set par(justify: true)"]
    for kind, content in blocks:
        if kind == "table":
            cells = ", ".join(f"[{_escaped(cell)}]" for row in content for cell in row)
            parts.append(f"#table(columns: {len(content[0])}, stroke: none, align: left, {cells})")
        else:
            parts.append(("= " if kind == "heading" else "") + _escaped(str(content)))
    source = path.with_suffix(".typ")
    source.write_text("\n\n".join(parts), encoding="utf-8")
    typst.compile(str(source), output=str(path))
    return path


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "#$*_@<>[]\\-=/~`" else c for c in text)
