"""How much the Plan checker finds and how often it is wrong, on the published documents beside the project.

    python benchmarks/check_plan.py [FOLDER ...]

Without folders it reads ``published-plans`` and ``source-documents`` of the sibling folder ``shared``. It prints
recall on the known list (``check_plan_known.yaml``), precision with and without the findings beyond that list that
were judged by reading the Plan (``check_plan_reviewed.yaml``), and seconds a Plan. A finding that is neither
known nor reviewed is listed and counted as false until someone has read it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from openyj.plancheck import Finding, check, read

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
FOLDERS = (SHARED / "published-plans", SHARED / "source-documents")


@dataclass
class Score:
    """The count of a run over all documents."""

    known: list[dict[str, Any]]
    missed: list[dict[str, Any]] = field(default_factory=list)
    true_known: int = 0
    true_reviewed: int = 0
    false_reviewed: int = 0
    unread: list[tuple[str, Finding]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / len(self.known)

    @property
    def findings(self) -> int:
        return self.true_known + self.true_reviewed + self.false_reviewed + len(self.unread)

    @property
    def precision_reviewed(self) -> float:
        """Findings that are true, by the list or by reading, over all findings."""
        return (self.true_known + self.true_reviewed) / self.findings

    @property
    def precision_known(self) -> float:
        """Findings on the known list over all findings: what it would be if all others were false."""
        return self.true_known / self.findings


def documents(folders: Iterable[Path] = FOLDERS) -> list[Path]:
    """The documents, without the folders' own notes."""
    return sorted(
        p
        for folder in folders
        if folder.is_dir()
        for p in folder.iterdir()
        if p.suffix in {".md", ".txt", ".docx", ".pdf"} and p.name != "README.md"
    )


def names(finding: Finding, figures: list[str]) -> bool:
    """Whether a finding names all these figures, as it lists them or in its words."""
    told = [f.lstrip("£") for f in finding.figures]
    return all(f.lstrip("£") in told or (len(f) > 4 and f in finding.message) for f in figures)


def score(paths: list[Path]) -> Score:
    """Check every document and compare with the two lists."""
    known = yaml.safe_load((HERE / "check_plan_known.yaml").read_text(encoding="utf-8"))
    reviewed = yaml.safe_load((HERE / "check_plan_reviewed.yaml").read_text(encoding="utf-8"))
    present = {p.name for p in paths}
    result = Score([k for k in known if k["plan"] in present])
    for path in paths:
        found, result.seconds[path.name] = timed(path)
        mine = [k for k in result.known if k["plan"] == path.name]
        result.missed += [k for k in mine if not any(names(f, k["figures"]) for f in found)]
        for finding in found:
            _count(result, path.name, finding, mine, reviewed)
    return result


def timed(path: Path, times: int = 3) -> tuple[list[Finding], float]:
    """The findings, and the shortest of some runs, which says most on a machine that others use."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        found = check(read(path)).findings
        best = min(best, time.perf_counter() - begun)
    return found, best


def _count(
    result: Score, plan: str, finding: Finding, known: list[dict[str, Any]], reviewed: list[dict[str, Any]]
) -> None:
    if any(names(finding, k["figures"]) for k in known):
        result.true_known += 1
        return
    judged = next(
        (
            r
            for r in reviewed
            if r["plan"] == plan and r["rule"] == finding.rule and r["figures"] == list(finding.figures)
        ),
        None,
    )
    if judged is None:
        result.unread.append((plan, finding))
    elif judged["verdict"] == "true":
        result.true_reviewed += 1
    else:
        result.false_reviewed += 1


def main(folders: list[str]) -> int:
    """Print the score; 1 when the aim (precision 0.9, recall 0.8, two seconds) is missed, 2 without documents."""
    paths = documents([Path(f) for f in folders] or FOLDERS)
    if not paths:
        print("No documents found. Give the folder that holds them.")
        return 2
    s = score(paths)
    print(f"{len(paths)} documents, {s.findings} findings")
    print(f"recall on the known list      {s.recall:.2f}  ({len(s.known) - len(s.missed)} of {len(s.known)})")
    print(
        f"precision, reviewed           {s.precision_reviewed:.2f}  ({s.true_known + s.true_reviewed} of {s.findings})"
    )
    print(f"precision, known list alone   {s.precision_known:.2f}  ({s.true_known} of {s.findings})")
    slowest = max(s.seconds, key=lambda n: s.seconds[n])
    mean = sum(s.seconds.values()) / len(s.seconds)
    print(f"seconds a Plan                {mean:.2f}, slowest {s.seconds[slowest]:.2f} ({slowest})")
    for k in s.missed:
        print(f"missed: {k['plan']}: {', '.join(k['figures'])}")
    for plan, f in s.unread:
        print(f"not reviewed: {plan}: {f.rule} {list(f.figures)} lines {list(f.lines)}: {f.message}")
    met = s.recall >= 0.8 and s.precision_reviewed >= 0.9 and s.seconds[slowest] < 2
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
