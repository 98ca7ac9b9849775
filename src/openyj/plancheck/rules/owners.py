"""An action or a priority that has no owner, or nothing to measure it by.

Only in a table that the file itself holds, with a column headed Owner (lead, who) or Measure (outcome, success):
where a column of words stands empty in one row and filled in the others, that row is named. In a rebuilt table
an empty cell cannot be seen, so nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openyj.plancheck.reading.document import Document, WordTable
from openyj.plancheck.rules.finding import MEDIUM, UNDECIDED, Finding

ID = "action-without-owner-or-measure"
TITLE = "An action without an owner or a measure"

ACTION = re.compile(
    r"^\W*(?:key )?(?:actions?|priorit\w+|objectives?|activit\w+|recommendations?|what we will do)\b", re.I
)
NEEDED = {
    "owner": re.compile(
        r"^\W*(?:action )?(?:owners?|leads?|by whom|who|responsib\w+|lead officer|accountab\w+)\b", re.I
    ),
    "measure": re.compile(
        r"^\W*(?:measures?|success\b.*|outcomes?|how (?:we )?will we (?:know|measure).*|impact|kpis?|target)\b", re.I
    ),
}
MOSTLY = 0.6  # of the rows must fill the column, else it is not used that way


def check(document: Document) -> Iterator[Finding]:
    """Every table of words that has an action column and one of the needed ones."""
    for table in document.word_tables:
        heads = [cell.text for cell in table.grid[0]]
        action = next((i for i, h in enumerate(heads) if ACTION.match(h)), None)
        if action is None:
            continue
        for name, words in NEEDED.items():
            column = next((i for i, h in enumerate(heads) if i != action and words.match(h)), None)
            if column is not None:
                yield from _empty(table, action, column, name)


def _empty(table: WordTable, action: int, column: int, name: str) -> Iterator[Finding]:
    rows = [r for r in table.grid[1:] if len(r) > max(action, column) and len(r[action].text) > 3]
    filled = [r for r in rows if r[column].text]
    if len(rows) < 3 or len(filled) < MOSTLY * len(rows):
        return
    for row in rows:
        alone = sum(1 for cell in row if cell.text) == 1  # a heading across the table
        if row[column].text or alone:
            continue
        yield Finding(
            ID,
            (row[action].text[:60],),
            (row[action].line,),
            UNDECIDED if table.merged else MEDIUM,
            f'No {name} is given for "{row[action].text[:60]}".',
            remedy=f"Name the {name}.",
            weight=1,
        )
