"""What cannot be true of an offence's charge, postcode, code and police score. Each rule raises ValidationError beside
a field and says what to do.

OF-1  a charge is not before the child was born, nor before the offence
OF-2  a code is given, or said to be not known, not both
OF-3  a score of the police's matrix names its edition, an edition has its score, and the edition has that score
OF-4  a reason for departing from the score stands beside a score
OF-5  a postcode has the form of a postcode
"""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError

from openyj.people.models import Child
from openyj.people.rules import in_order, not_before_birth
from openyj.reference.models import choices
from openyj.tables.offence_codes import GRAVITY_RANGES, NPCC_2023, NPCC_2025

# One or two letters, a figure and perhaps another sign; then a figure and two letters. Which of them are in use is not
# asked: lists of postcodes go out of date, and no library of this kind is among the project's.
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
# What the NPCC's scores point to (practice notes, section 3). What those of 2013 do was not found.
NPCC_POINTS_TO = {
    1: "no further action",
    2: "an informal out-of-court outcome",
    3: "a youth caution",
    4: "a youth conditional caution",
    5: "normally a charge",
}


def points_to(matrix: str | None, score: int | None) -> str:
    """What a score points to by its edition, in words; empty where that is not known."""
    return NPCC_POINTS_TO.get(score or 0, "") if matrix in (NPCC_2023, NPCC_2025) else ""


def in_form(postcode: str) -> str:
    """A postcode in capitals with one blank before its last three signs; as it is, where it has no such form."""
    found = POSTCODE.fullmatch(re.sub(r"\s", "", postcode).upper())
    return " ".join(found.groups()) if found else postcode.strip()


def check_charge(*, child: Child, offence_date: date | None, charge_date: date | None) -> None:
    """OF-1."""
    not_before_birth(child, charge_date=charge_date)
    in_order(
        offence_date, charge_date, "charge_date",
        "The charge cannot be before the offence ({first}). Check both dates.",
    )  # fmt: skip


def check_scores(
    *,
    cjs_code: str | None = None,
    cjs_code_unknown: bool | None = None,
    location_postcode: str = "",
    gravity_matrix: str | None = None,
    gravity_score: int | None = None,
    gravity_reason: str = "",
    **_: object,
) -> None:
    """OF-2 to OF-5."""
    wrong: dict[str, str] = {}
    if cjs_code and cjs_code_unknown:
        wrong["cjs_code_unknown"] = f"You gave the code {cjs_code}. Take it out, or do not say that it is not known"
    if gravity_score is not None and not gravity_matrix:
        wrong["gravity_matrix"] = "Select the edition of the matrix: the same score means another thing in another one"
    elif gravity_matrix and gravity_score is None:
        wrong["gravity_score"] = "Enter the score, or leave the edition empty"
    elif gravity_matrix and gravity_score is not None:
        least, most = GRAVITY_RANGES[gravity_matrix]
        if not least <= gravity_score <= most:
            edition = dict(choices("gravity_matrix"))[gravity_matrix]
            wrong["gravity_score"] = (
                f"{edition}, scores from {least} to {most}. Enter one of these, or give another edition. The YJB "
                "seriousness score, 1 to 8, follows from the offence code and is not entered here"
            )
    if gravity_reason and gravity_score is None:
        wrong["gravity_score"] = "Enter the score that the decision departs from, or leave the reason empty"
    if location_postcode and not POSTCODE.fullmatch(location_postcode.replace(" ", "").upper()):
        wrong["location_postcode"] = "Enter a whole postcode, like QM1 2AB, or leave it empty"
    if wrong:
        raise ValidationError(wrong)
