"""The code lists of bail and remand (case-level notes, section 7).

Codes marked SQL were seen in the published reporting; those marked GK are expected and to be confirmed. What a court
decides that no code fits is OTHER with the court's own words beside it, so that a new kind can be recorded the day it
begins.
"""

from __future__ import annotations

from openyj.tables.code_list import GK, PROJECT, SQL, CodeList, Value

BAIL, RLAA, YDA = "Bail", "Remand to local authority accommodation", "Remand to youth detention accommodation"
OTHER = "OTHER"
LAA = "REMAND_TO_LOCAL_AUTHORITY_ACCOMMODATION"

REMAND_TYPE = CodeList(
    "remand_type",
    (
        Value("UNCONDITIONAL_BAIL", "Unconditional bail", GK, BAIL),
        Value("CONDITIONAL_BAIL", "Conditional bail", GK, BAIL),
        Value("CONDITIONAL_BAIL_AND_TAG", "Conditional bail and tag", GK, BAIL),
        Value("BAIL_SUPERVISION_AND_SUPPORT", "Bail supervision and support", GK, BAIL),
        Value("BAIL_ISS", "Bail with intensive supervision and surveillance", GK, BAIL),
        Value(LAA, "Remand to local authority accommodation", SQL, RLAA),
        Value(f"{LAA}_AND_CURFEW", "Remand to local authority accommodation and curfew", SQL, RLAA),
        Value(f"{LAA}_AND_TAG", "Remand to local authority accommodation and tag", SQL, RLAA),
        Value(f"{LAA}_AND_RADIO_TAG", "Remand to local authority accommodation and radio tag", SQL, RLAA),
        Value(f"{LAA}_AND_GPS_TAG", "Remand to local authority accommodation and GPS tag", SQL, RLAA),
        Value("REMAND_TO_YOUTH_DETENTION_ACCOMMODATION", "Remand to youth detention accommodation", GK, YDA),
        Value("COURT_ORDERED_SECURE_REMAND", "Court-ordered secure remand", SQL, YDA),
        Value("REMAND_IN_CUSTODY", "Remand in custody", SQL, YDA),
        Value(OTHER, "Another, in the court’s words", PROJECT),
    ),
    null_means="not recorded",
)
ON_BAIL = REMAND_TYPE.in_group(BAIL)
TO_LOCAL_AUTHORITY = REMAND_TYPE.in_group(RLAA)
TO_YOUTH_DETENTION = REMAND_TYPE.in_group(YDA)
REMANDED = (*TO_LOCAL_AUTHORITY, *TO_YOUTH_DETENTION)

REMAND_KIND = CodeList(
    "remand_kind",
    (Value("RLAA", "Local authority accommodation", PROJECT), Value("YDA", "Youth detention accommodation", PROJECT)),
    null_means="a remand without its kind is refused",
)
# Which decisions of a court a remand of each kind rests on; another decision in the court's words may be either.
RESTS_ON = {"RLAA": (*TO_LOCAL_AUTHORITY, OTHER), "YDA": (*TO_YOUTH_DETENTION, OTHER)}

POST_CHARGE_KIND = CodeList(
    "post_charge_kind",
    (
        Value("NOT_SECURE", "Accommodation that is not secure", PROJECT),
        Value("SECURE", "Secure accommodation", PROJECT),
        Value("NOT_KNOWN", "Recorded as unknown", PROJECT),
    ),
    null_means="not recorded",
)

KEPT_OVERNIGHT = CodeList(
    "kept_overnight",
    (
        Value("LOCAL_AUTHORITY", "In local authority accommodation", PROJECT),
        Value("POLICE_STATION", "At the police station", PROJECT),
        Value("RELEASED", "Released before the night", PROJECT),
        Value("NOT_KNOWN", "Recorded as unknown", PROJECT),
    ),
    null_means="not recorded",
)

COURT = (REMAND_TYPE, REMAND_KIND, POST_CHARGE_KIND, KEPT_OVERNIGHT)
