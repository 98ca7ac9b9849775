"""Old numbers and the new ones they became, as many at once as wanted."""

from __future__ import annotations

from typing import overload

import numpy as np


class Numbers:
    """From each old number to its new one. Asked with an array it answers an array; asked with one, one.

    Raises KeyError where an old number is not known."""

    def __init__(self, old: np.ndarray, new: np.ndarray) -> None:
        order = np.argsort(old, kind="stable")
        self.old, self.new = old[order], new[order]

    @classmethod
    def none(cls) -> Numbers:
        return cls(np.empty(0, np.int64), np.empty(0, np.int64))

    def __len__(self) -> int:
        return len(self.old)

    @overload
    def __getitem__(self, old: np.ndarray) -> np.ndarray: ...
    @overload
    def __getitem__(self, old: int) -> int: ...
    def __getitem__(self, old: np.ndarray | int) -> np.ndarray | int:
        if not len(self.old):
            if np.size(old):
                raise KeyError(old)
            return self.new
        at = np.minimum(np.searchsorted(self.old, old), len(self.old) - 1)
        if not np.all(self.old[at] == old):
            raise KeyError(old)
        found = self.new[at]
        return found if isinstance(old, np.ndarray) else found.item()
