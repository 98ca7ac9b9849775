"""What a rule reports: two things the Plan says that cannot both be true, and where it says them."""

from __future__ import annotations

from dataclasses import dataclass

HIGH, MEDIUM, UNDECIDED = "high", "medium", "undecided"
CONFIDENCES = (HIGH, MEDIUM, UNDECIDED)


@dataclass(frozen=True)
class Finding:
    """One contradiction. ``figures`` are as printed; ``lines`` are line numbers of the input.

    ``confidence`` is ``high`` (arithmetic leaves no other reading), ``medium`` (a person should look), or
    ``undecided`` (the file does not let anyone decide; never counted as a contradiction).
    ``weight``: 3 money and national measures, 2 other figures, 1 form.
    """

    rule: str
    figures: tuple[str, ...]
    lines: tuple[int, ...]
    confidence: str
    message: str
    arithmetic: str = ""
    remedy: str = ""
    weight: int = 2

    @property
    def decided(self) -> bool:
        """Whether it is reported as a contradiction."""
        return self.confidence != UNDECIDED

    def as_json(self) -> dict[str, object]:
        """The five fields of the machine's report."""
        return {
            "rule": self.rule,
            "figures": list(self.figures),
            "lines": list(self.lines),
            "confidence": self.confidence,
            "message": self.message,
        }
