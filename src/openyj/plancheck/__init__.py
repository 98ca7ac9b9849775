"""Finds where any Youth Justice Plan contradicts itself: needs no Django and no other room.

    from openyj.plancheck import check, read
    result = check(read(Path("plan.docx")))
    result.findings      # contradictions, surest first
    result.undecided     # what the file does not let anyone decide, kept apart

The order of work is the order of the folders: ``reading`` (a file becomes lines, passages and tables),
``facts`` (numbers with their unit, what they measure, for whom and when), ``rules`` (one file a rule),
``report`` (text, JSON, a DOCX with comments).
"""

from openyj.plancheck.checking import Result, check
from openyj.plancheck.reading import CannotRead, read
from openyj.plancheck.rules.finding import Finding

__all__ = ["CannotRead", "Finding", "Result", "check", "read"]
