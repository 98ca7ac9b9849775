"""What a code list is. The lists themselves are in `codes` and `circumstance_codes`."""

from __future__ import annotations

from dataclasses import dataclass, field

SQL, MOJ, GK, PROJECT = "SQL", "MoJ", "GK", "project"


@dataclass(frozen=True)
class Value:
    """One code. ``group`` is what the reporting calls it together with its like, where it does."""

    code: str
    label: str
    source: str
    group: str | None = None


@dataclass(frozen=True)
class CodeList:
    """A named list of codes. ``null_means`` says how an absent value is read."""

    name: str
    values: tuple[Value, ...]
    null_means: str
    any_case: bool = False
    codes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        known = frozenset(self.written(v.code) for v in self.values)
        if len(known) != len(self.values):
            raise ValueError(f"The code list {self.name} names a code twice")
        object.__setattr__(self, "codes", known)

    def written(self, code: str) -> str:
        """The code as it is compared: in lower case where spelling varies in the return."""
        return code.lower() if self.any_case else code

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self.written(code) in self.codes

    def labels(self) -> dict[str, str]:
        return {v.code: v.label for v in self.values}

    def groups(self) -> dict[str, str]:
        """Code to reporting group, for the codes that have one."""
        return {v.code: v.group for v in self.values if v.group is not None}

    def in_group(self, group: str) -> tuple[str, ...]:
        return tuple(v.code for v in self.values if v.group == group)
