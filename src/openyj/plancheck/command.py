"""``openyj check-plan FILE...``: read Plans, report where they contradict themselves.

Exit code: 0 nothing found, 1 something found, 2 a file could not be read (said on standard error).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from openyj.plancheck.checking import Result, check
from openyj.plancheck.dismissals import as_entries, dismiss, dismissals_from
from openyj.plancheck.reading import CannotRead, read
from openyj.plancheck.report.people import report

NONE, FOUND, UNREADABLE = 0, 1, 2

DESCRIPTION = "Find where a Youth Justice Plan contradicts itself."


def add(parser: argparse.ArgumentParser) -> None:
    """The options of ``check-plan``."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a Plan: .txt, .md, .docx or .pdf")
    parser.add_argument("--json", action="store_true", help="a list of findings for a machine")
    parser.add_argument(
        "--undecided", action="store_true", help="with --json: add what cannot be decided, marked as such"
    )
    parser.add_argument("--dismissals", type=Path, metavar="YAML", help="findings already looked at, to keep quiet")
    parser.add_argument("--write-dismissals", type=Path, metavar="YAML", help="write entries for a dismissals file")
    parser.add_argument("--comments", type=Path, metavar="DOCX", help="write a copy of a .docx Plan with comments")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; see the module for the exit codes."""
    parser = argparse.ArgumentParser(prog="openyj check-plan", description=DESCRIPTION)
    add(parser)
    return run(parser.parse_args(argv))


def run(options: argparse.Namespace) -> int:
    """Check every file, report on all that could be read."""
    try:
        known = dismissals_from(options.dismissals) if options.dismissals else set()
    except CannotRead as error:
        return _refuse(str(error))
    if options.comments and len(options.files) > 1:
        return _refuse("--comments takes one Plan at a time.")
    results: list[tuple[Path, Result]] = []
    code = NONE
    for path in options.files:
        try:
            results.append((path, dismiss(check(read(path)), known)))
        except CannotRead as error:
            code = _refuse(f"{path}: {error}")
    try:
        _write(options, results)
    except (CannotRead, ValueError, OSError) as error:
        code = _refuse(str(error))
    _print(options, results)
    return code or (FOUND if any(result.findings for _, result in results) else NONE)


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return UNREADABLE


def _write(options: argparse.Namespace, results: list[tuple[Path, Result]]) -> None:
    if options.write_dismissals:
        found = [f for _, result in results for f in result.findings]
        options.write_dismissals.write_text(as_entries(found), encoding="utf-8")
    if options.comments:
        from openyj.plancheck.report.comments import commented

        for path, result in results:
            commented(path, options.comments, result)


def _print(options: argparse.Namespace, results: list[tuple[Path, Result]]) -> None:
    if not options.json:
        print("\n".join(report(str(path), result) for path, result in results), end="")
        return
    told = []
    for path, result in results:
        findings = [*result.findings, *(result.undecided if options.undecided else [])]
        for finding in findings:
            entry = finding.as_json()
            if len(options.files) > 1:
                entry = {"file": str(path), **entry}
            told.append(entry)
    print(json.dumps(told, ensure_ascii=False, indent=2))
