"""The code lists of orders. The return's own were not found, so these words are the project's."""

from __future__ import annotations

from openyj.tables.code_list import PROJECT, CodeList, Value

EARLY_END = CodeList(
    "early_end",
    (
        Value("COMPLETED_EARLY", "Done before its time", PROJECT),
        Value("REVOKED", "Ended by the court", PROJECT),
        Value("BREACH", "Ended by the court after a breach", PROJECT),
        Value("VARIED", "Changed by the court", PROJECT),
    ),
    null_means="not recorded",
)

APPEAL_ABOUT = CodeList(
    "appeal_about",
    (
        Value("CONVICTION", "The conviction", PROJECT),
        Value("SENTENCE", "The sentence", PROJECT),
        Value("BOTH", "Both", PROJECT),
    ),
    null_means="not recorded",
)

ORDER_CHANGE = CodeList(
    "order_change",
    (
        Value("EXTENDED", "Made longer", PROJECT),
        Value("COMPLETED_EARLY", "Done before its time", PROJECT),
        Value("REVOKED", "Ended by the court", PROJECT),
        Value("BREACH", "Ended by the court after a breach", PROJECT),
    ),
    null_means="a change says what it was",
)

ORDERS = (EARLY_END, APPEAL_ABOUT, ORDER_CHANGE)
