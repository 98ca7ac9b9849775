"""The reference page of the rules, written from the rules themselves: ``python -m openyj.plancheck.reference``."""

from __future__ import annotations

import sys
from inspect import cleandoc
from pathlib import Path

from openyj.plancheck.rules import RULES

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "plan-checker-rules.md"

HEAD = """# Plan checker rules

Written from `src/openyj/plancheck/rules` by `python -m openyj.plancheck.reference`; a test holds it current.
Each rule can be named in a file of dismissals by its id. How they work together: `explanation/plan-checker.md`.
"""


def page() -> str:
    """The page as it should stand in ``docs/reference``."""
    parts = [HEAD]
    for rule in RULES:
        parts.append(f"## {rule.TITLE}\n\n`{rule.ID}` (`rules/{rule.__name__.rpartition('.')[2]}.py`)\n")
        parts.append(cleandoc(str(rule.__doc__)) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
