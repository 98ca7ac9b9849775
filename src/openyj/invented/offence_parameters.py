"""The numbers that shape what is known of an invented offence beside its core: charge, plea, place, code, score, police
bail. All invented; the words are the codes of ``tables.offence_codes``."""

from __future__ import annotations

from openyj.invented.parameters import Given
from openyj.tables import offence_codes

NOT_ENTERED = Given({"charge": 0.06, "plea": 0.08, "postcode": 0.18, "gravity": 0.22}, "invented; shares left empty")
CHARGED_AT_ONCE = Given(0.35, "invented; share charged on the day of arrest, else between arrest and first hearing")
CODE_NOT_KNOWN = Given(0.08, "invented; of offences without a code, those of which nobody can say it")
SPOTS = Given(40, "invented; postcodes of a place where things happen")
PLEA = Given(
    (("GUILTY", 0.78), ("NOT_GUILTY", 0.16), ("NONE_ENTERED", 0.04), ("NOT_KNOWN", 0.02)),
    "weights invented; words the project's own",
)
# Days since 1970: 1 October 2023 and 1 March 2025. The documents say only September or October 2023 and February 2025.
EDITIONS_FROM = Given((19631, 20148), "editions case-data.md 5; the day each came into use is invented")
GRAVITY = Given(
    {0: ((2, 0.85), (3, 0.10), (1, 0.05)), 1: ((3, 0.62), (4, 0.28), (2, 0.10)), 2: ((5, 0.75), (4, 0.20), (3, 0.05)),
     3: ((5, 0.95), (4, 0.05)), 4: ((5, 1.0),)},
    "invented; by the tier of the decision, for the matrices of 1 to 5; a 5 is a 4 in the edition of 2013",
)  # fmt: skip
RELEASED = Given(
    ((offence_codes.UNDER_INVESTIGATION, 0.30), (offence_codes.BEFORE_CHARGE, 0.34), (None, 0.36)),
    "invented; how the police released a child after arrest, None for neither or not recorded",
)
BAILED_TO_COURT = Given(0.55, "invented; of those charged before the day of the first hearing")
CONDITIONS_RECORDED = Given(0.8, "invented; of police bail before or after charge")
