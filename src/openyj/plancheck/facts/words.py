"""Words for more and less, as Plans use them."""

from __future__ import annotations

import re

UP = r"(?:increas\w*|ris(?:e|es|en|ing)|rose|up|grew|grown|growth|higher)"
DOWN = r"(?:decreas\w*|reduc\w*|f[ae]ll(?:en|s|ing)?|drop\w*|declin\w*|down|lower\w*)"
MOVES = re.compile(rf"\b(?:{UP}|{DOWN}|chang\w*|difference)\b", re.I)
_UP, _DOWN = re.compile(rf"\b{UP}\b", re.I), re.compile(rf"\b{DOWN}\b", re.I)


def direction_in(text: str) -> int:
    """1 when the text speaks of more, -1 of less, 0 when of neither or of both."""
    up, down = bool(_UP.search(text)), bool(_DOWN.search(text))
    return int(up) - int(down)
