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

ORDER_TRANSFER = CodeList(
    "order_transfer",
    (
        Value("FULL_TO", "Transfer in full to another service", PROJECT),
        Value("FULL_FROM", "Transfer in full from another service", PROJECT),
        Value("CARETAKING_BY", "Another service looks after it (caretaking)", PROJECT),
        Value("CARETAKING_FOR", "We look after it for another service (caretaking)", PROJECT),
    ),
    null_means="a transfer says what was asked",
)
TRANSFER_ANSWER = CodeList(
    "transfer_answer",
    (Value("ACCEPTED", "Accepted", PROJECT), Value("REFUSED", "Refused", PROJECT)),
    null_means="not answered yet",
)

ORDERS = (EARLY_END, APPEAL_ABOUT, ORDER_CHANGE, ORDER_TRANSFER, TRANSFER_ANSWER)
