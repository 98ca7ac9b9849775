"""What stands in double braces in a text, and how it is written.

{{ figure 7K3MQR }}                the number
{{ change 7K3MQR }}                what happened from a year before to it
{{ change 4CDFGH 7K3MQR }}         what happened from the one to the other
{{ table 7K3MQR }}                 its series, or for a sum of money the year's contributions; alone in a paragraph
{{ chart 7K3MQR }}                 the chart of its series; alone in a paragraph
{{ quoted "47" source="Pupil survey, autumn 2026" }}   a number the system does not hold
"""

from __future__ import annotations

import re

from openyj.documents.tree import DataTable, Figure, Mistake, Picture, Quoted

BRACES = re.compile(r"\{\{(.*?)\}\}", re.S)
CODE = re.compile(r"[0-9A-Za-z]{6,7}")
QUOTED = re.compile(r'quoted\s+"([^"]*)"\s+source\s*=\s*"([^"]*)"\s*', re.S)

Token = Figure | Quoted | DataTable | Picture | Mistake


def read_token(inside: str) -> Token:
    """The node for what stands between the braces. What cannot be read is a Mistake that says what to write."""
    typed = "{{" + inside + "}}"
    inside = inside.replace("“", '"').replace("”", '"').strip()
    if found := QUOTED.fullmatch(inside):
        said, source = (" ".join(part.split()) for part in found.groups())
        if said and source:
            return Quoted(said, source)
        return Mistake(typed, "Say the number and where it comes from.")
    word, *codes = inside.split()[:4] or [""]
    codes = [code.upper() for code in codes]
    if word == "quoted":
        return Mistake(typed, 'Write the number and its source in quotation marks: {{ quoted "47" source="..." }}.')
    if not codes or not all(CODE.fullmatch(code) for code in codes):
        return Mistake(typed, "Choose the figure from the list: its code has six characters, or seven for money.")
    match word, codes:
        case "figure", [code]:
            return Figure(code)
        case "change", [code]:
            return Figure(code, change=True)
        case "change", [earlier, later]:
            return Figure(earlier, later, change=True)
        case "table", [code]:
            return DataTable(code)
        case "chart", [code]:
            return Picture(code)
    return Mistake(typed, "Write figure, change, table, chart or quoted after the braces.")


def write_quoted(said: str, source: str) -> str:
    """The token of a quoted number. Quotation marks and braces in the source would end it, so they are made others."""
    said, source = (" ".join(re.sub(r"[{}]", "", part.replace('"', "'")).split()) for part in (said, source))
    return f'{{{{ quoted "{said}" source="{source}" }}}}'


def write_token(word: str, *codes: str) -> str:
    """`{{ figure 7K3MQR }}`."""
    return f"{{{{ {word} {' '.join(codes)} }}}}"
