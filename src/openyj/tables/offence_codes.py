"""The code lists of an offence that are this project's own: plea, police bail, and the editions of the police's matrix.

The return has a plea and a status of police bail and their codes were not found (case-level notes, sections 3 and 7):
the words here are general knowledge, to be confirmed, and a mapping to the return's codes is to be made when they are.
"""

from __future__ import annotations

from openyj.tables.code_list import GK, PROJECT, CodeList, Value

ACPO_2013, NPCC_2023, NPCC_2025 = "ACPO_2013", "NPCC_2023", "NPCC_2025"
# The least and the most a decision may score by each edition (case-level notes, section 5; practice notes, section 3).
GRAVITY_RANGES = {ACPO_2013: (1, 4), NPCC_2023: (1, 5), NPCC_2025: (1, 5)}

GRAVITY_MATRIX = CodeList(
    "gravity_matrix",
    (
        Value(NPCC_2025, "NPCC Child Gravity Matrix, revised February 2025", PROJECT),
        Value(NPCC_2023, "NPCC Child Gravity Matrix, September 2023", PROJECT),
        Value(ACPO_2013, "ACPO gravity factor matrix 2013", PROJECT),
    ),
    null_means="the police's score is not recorded",
)

PLEA = CodeList(
    "plea",
    (
        Value("GUILTY", "Guilty", GK),
        Value("NOT_GUILTY", "Not guilty", GK),
        Value("NONE_ENTERED", "No plea entered", GK),
        Value("NOT_KNOWN", "Recorded as unknown", PROJECT),
    ),
    null_means="not recorded",
)

BEFORE_CHARGE, UNDER_INVESTIGATION = "PRE_CHARGE_BAIL", "RELEASED_UNDER_INVESTIGATION"
AFTER_CHARGE = "POST_CHARGE_BAIL"
POLICE_BAIL_STATUS = CodeList(
    "police_bail_status",
    (
        Value(BEFORE_CHARGE, "On police bail before charge", GK),
        Value(UNDER_INVESTIGATION, "Released under investigation, not on bail", GK),
        Value(AFTER_CHARGE, "On police bail after charge, to the court", GK),
    ),
    null_means="every row has one",
)

OFFENCE_LISTS = (GRAVITY_MATRIX, PLEA, POLICE_BAIL_STATUS)
