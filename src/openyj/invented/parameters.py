"""Every number that shapes the invented service, each with where it comes from.

``source`` is "invented", or names the page or file the value (or its shape) was taken from. Words are the
codes of ``tables.codes``; a weighted list is a tuple of (word, weight) whose weights need not sum to one.
A weight of the word ``None`` is the chance that the fact was never recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Given:
    """A value and its source."""

    value: Any
    source: str


COMPARATORS = "shape: national_comparators_england.csv"
CASE_DATA = "case-data.md"
INVENTED = "invented"

# --- who ---------------------------------------------------------------------------------------------

AGE_AT_FIRST_EVENT = Given(
    ((9, 0.003), (10, 0.02), (11, 0.04), (12, 0.08), (13, 0.14), (14, 0.19), (15, 0.22), (16, 0.19), (17, 0.117)),
    "invented; children aged 15 to 17 are most of those sentenced, younger ones mostly diverted",
)
SEX = Given((("1", 0.845), ("2", 0.148), (None, 0.007)), "invented; about 85% boys, as the brief asks")
ETHNICITY = Given(
    (
        ("W1", 0.62), ("W2", 0.01), ("W9", 0.04), ("M1", 0.045), ("M2", 0.012), ("M3", 0.018), ("M9", 0.02),
        ("A1", 0.015), ("A2", 0.055), ("A3", 0.012), ("A9", 0.018), ("B1", 0.025), ("B2", 0.04), ("B9", 0.015),
        ("O1", 0.003), ("O9", 0.017), (None, 0.035),
    ),
    "invented; the codes are those of ethnicity_codes.csv (16+1)",
)  # fmt: skip
FRAILTY_SHAPE = Given(0.42, "invented; a small shape makes few children behind most offences")
OCCASIONS_A_YEAR = Given(0.39, "invented; tuned so that about 3 in 10 reoffend: " + COMPARATORS + " ReoffYO15-17")
MOST_OCCASIONS = Given(24, "invented")
DIVERTED_TWICE = Given(0.14, "invented; of children only ever diverted")
LATE_EXTRA_OFFENDING = Given(1.35, "invented; above 1 puts repeat offending nearer to the first event")

# --- when --------------------------------------------------------------------------------------------

MONTH_WEIGHT = Given(
    (0.97, 1.00, 1.08, 0.96, 1.08, 1.10, 1.02, 0.80, 1.06, 1.10, 1.08, 0.75),
    "invented; dips in the school holidays of August and December",
)
SHARE_BEFORE_WINDOW = Given(0.10, "invented; children already known when the five years begin, over and above")
DAYS_BEFORE_WINDOW = Given(540, INVENTED)
LEAD_DAYS = Given(80, "invented; entries begin this long before the window, since a decision takes time")
WITHIN_THE_YEAR = Given(0.98, "invented; keeps the age drawn the age by birthdays, leap days included")
YEARLY_DECLINE = Given(0.92, "invented; entries a year as a share of the year before")
NO_ARREST_DATE = Given(0.05, INVENTED)
ARREST_DELAY = Given((0.62, 9.0, 1.5), "invented; share arrested the same day, else lognormal days: median, sigma")
OUT_OF_COURT_DELAY = Given((48.0, 0.75), "invented; arrest to decision in days: median, sigma of the lognormal")
FIRST_HEARING_DELAY = Given((74.0, 0.70), "invented; arrest to first hearing in days: median, sigma")
SENTENCED_AT_FIRST_HEARING = Given(0.48, INVENTED)
ADJOURNMENT_DELAY = Given((38.0, 0.8), "invented; first hearing to sentence in days: median, sigma")
SHORTEST_ADJOURNMENT = Given(7, "invented; days")
LONGEST_DELAY = Given(900, "invented; the tail is cut here, in days")
COURT = Given(
    (("YOUTH_COURT", 0.93), ("MAGISTRATES_COURT", 0.025), (None, 0.045)),
    "weights invented; a sentence under section 250 is passed in the Crown Court",
)
NO_HEARING_RECORDED = Given(0.02, INVENTED)
KEPT_WHEN_ADULT_AT_COURT = Given(0.25, "invented; the others go to the adult court and leave no record here")

# --- what --------------------------------------------------------------------------------------------

OFFENCE_CATEGORY = Given(
    (
        ("VIOLENCE_AGAINST_THE_PERSON", 0.345), ("CRIMINAL_DAMAGE", 0.115), ("DRUGS", 0.10),
        ("THEFT_AND_HANDLING_STOLEN_GOODS", 0.10), ("PUBLIC_ORDER", 0.08), ("MOTORING_OFFENCES", 0.07),
        ("ROBBERY", 0.05), ("VEHICLE_THEFT_UNAUTHORISED_TAKING", 0.035), ("SEXUAL_OFFENCES", 0.03),
        ("DOMESTIC_BURGLARY", 0.02), ("NON_DOMESTIC_BURGLARY", 0.015), ("RACIALLY_AGGRAVATED", 0.015),
        ("ARSON", 0.01), ("FRAUD_AND_FORGERY", 0.007), ("OTHER", 0.008),
    ),
    "weights invented; categories case-data.md 5 [GK list]",
)  # fmt: skip
# How far a category pushes the decision up the tiers. Not the national seriousness score, which is not public.
CATEGORY_PUSH = Given(
    {"ROBBERY": 0.95, "DOMESTIC_BURGLARY": 0.7, "SEXUAL_OFFENCES": 0.75, "ARSON": 0.45,
     "VIOLENCE_AGAINST_THE_PERSON": 0.1, "NON_DOMESTIC_BURGLARY": 0.2, "RACIALLY_AGGRAVATED": 0.1,
     "DRUGS": -0.1, "CRIMINAL_DAMAGE": -0.25, "THEFT_AND_HANDLING_STOLEN_GOODS": -0.25, "PUBLIC_ORDER": -0.2},
    INVENTED,
)  # fmt: skip
CJS_CODE = Given(
    {
        "VIOLENCE_AGAINST_THE_PERSON": (("OF61102", 0.30), ("OF61131", 0.05), ("OF61017", 0.02), (None, 0.63)),
        "ROBBERY": (("TH68023", 0.92), (None, 0.08)),
        "PUBLIC_ORDER": (("PU86003", 0.40), ("PU86002", 0.05), (None, 0.55)),
        "ARSON": (("CD71015", 0.8), (None, 0.2)),
        "RACIALLY_AGGRAVATED": (("CD98043", 0.6), (None, 0.4)),
    },
    "codes: cjs_inchoate_offence_codes.csv (base codes and titles); weights invented; other offences have none",
)
MORE_OFFENCES = Given(0.30, "invented; chance of one more offence on the same occasion, again and again")
MOST_OFFENCES = Given(9, INVENTED)
SAME_CATEGORY = Given(0.55, "invented; a co-occurring offence is of the main one's category")
KNIFE = Given({"VIOLENCE_AGAINST_THE_PERSON": 0.11, "ROBBERY": 0.22, "PUBLIC_ORDER": 0.06, "OTHER": 0.05}, INVENTED)
NOT_RECORDABLE = Given({"MOTORING_OFFENCES": 0.45, "PUBLIC_ORDER": 0.04}, INVENTED)

# --- decisions ---------------------------------------------------------------------------------------

ONLY_DIVERTED = Given((0.02, 0.20), "invented; share of entrants never formally dealt with, first and last year")
DIVERTED_FIRST = Given(
    (0.12, 0.24), "invented; share diverted first and formally dealt with later, first and last year"
)
DIVERTED_AGAIN = Given((0.04, 0.12), "invented; chance that a later occasion is diverted, first and last year")
LADDER_A_PRIOR = Given(0.34, "invented; how far one earlier formal decision pushes the next one up")
LADDER_PRIORS_COUNTED = Given(5, INVENTED)
LADDER_NOISE = Given(0.85, INVENTED)
LADDER_STEPS = Given((0.12, 1.5, 2.86), "invented; above which a decision is first-tier, community, custody")
CUSTODY_AGE = Given(12, "invented simplification; a younger child's highest decision here is a community one")
DIVERSION_OUTCOMES_FIRST_YEAR = Given(
    (
        ("COMMUNITY_RESOLUTION_WITH_YJS_INVOLVEMENT", 0.35), ("COMMUNITY_RESOLUTION_POLICE_FACILITATED", 0.35),
        ("COMMUNITY_RESOLUTION", 0.15), ("NO_FURTHER_ACTION_OUTCOME_22_WITH_YJS_INVOLVEMENT", 0.05),
        ("NO_FURTHER_ACTION_OUTCOME_22_DEFERRED_PROSECUTION_CAUTION_WITH_YJS_INVOLVEMENT", 0.0),
        ("NO_FURTHER_ACTION_OUTCOME_20_21_WITH_YJS_INVOLVEMENT", 0.05),
        ("OTHER_INFORMAL_ACTION_NO_YOT_INVOLVEMENT", 0.05),
    ),
    "weights invented; outcomes case-data.md 4",
)  # fmt: skip
DIVERSION_OUTCOMES_LAST_YEAR = Given(
    (
        ("COMMUNITY_RESOLUTION_WITH_YJS_INVOLVEMENT", 0.36), ("COMMUNITY_RESOLUTION_POLICE_FACILITATED", 0.16),
        ("COMMUNITY_RESOLUTION", 0.04), ("NO_FURTHER_ACTION_OUTCOME_22_WITH_YJS_INVOLVEMENT", 0.26),
        ("NO_FURTHER_ACTION_OUTCOME_22_DEFERRED_PROSECUTION_CAUTION_WITH_YJS_INVOLVEMENT", 0.11),
        ("NO_FURTHER_ACTION_OUTCOME_20_21_WITH_YJS_INVOLVEMENT", 0.05),
        ("OTHER_INFORMAL_ACTION_NO_YOT_INVOLVEMENT", 0.02),
    ),
    "weights invented; outcomes case-data.md 4",
)  # fmt: skip
PRE_COURT_OUTCOMES = Given(
    (("YOUTH_CAUTION", 0.58), ("YOUTH_CONDITIONAL_CAUTION", 0.42)), "weights invented; case-data.md 4"
)
FIRST_COURT_OUTCOMES = Given(
    (("REFERRAL_ORDER", 0.86), ("CONDITIONAL_DISCHARGE", 0.05), ("ABSOLUTE_DISCHARGE", 0.04), ("FINE", 0.05)),
    "weights invented; a referral order is mandatory in most first guilty-plea cases: practice.md 4",
)
LATER_COURT_OUTCOMES = Given(
    (
        ("REFERRAL_ORDER", 0.52), ("CONDITIONAL_DISCHARGE", 0.18), ("FINE", 0.12), ("REPARATION_ORDER", 0.08),
        ("COMPENSATION_ORDER", 0.05), ("ABSOLUTE_DISCHARGE", 0.03), ("BIND_OVER", 0.02),
    ),
    "weights invented; outcomes case-data.md 4",
)  # fmt: skip
COMMUNITY_OUTCOMES = Given((("YOUTH_REHABILITATION_ORDER", 1.0),), CASE_DATA + " 4")
CUSTODY_OUTCOMES = Given(
    (("DETENTION_AND_TRAINING_ORDER", 0.86), ("SECTION_250", 0.14)), "weights invented; case-data.md 4"
)
GRAVE = Given(
    ("ROBBERY", "SEXUAL_OFFENCES", "VIOLENCE_AGAINST_THE_PERSON", "DOMESTIC_BURGLARY", "ARSON"),
    "invented simplification; other custody here is a detention and training order",
)
TERM_MONTHS = Given(
    {
        "REFERRAL_ORDER": ((3, 0.22), (4, 0.12), (6, 0.33), (9, 0.18), (12, 0.15)),
        "YOUTH_REHABILITATION_ORDER": ((6, 0.10), (9, 0.10), (12, 0.50), (18, 0.20), (24, 0.07), (36, 0.03)),
        "DETENTION_AND_TRAINING_ORDER": (
            (4, 0.25),
            (6, 0.22),
            (8, 0.18),
            (10, 0.10),
            (12, 0.15),
            (18, 0.07),
            (24, 0.03),
        ),
        "SECTION_250": ((30, 0.4), (36, 0.3), (48, 0.3)),
        "CONDITIONAL_DISCHARGE": ((6, 0.4), (9, 0.2), (12, 0.4)),
        "YOUTH_CONDITIONAL_CAUTION": ((3, 1.0),),
        "REPARATION_ORDER": ((3, 1.0),),
        "BIND_OVER": ((6, 0.5), (12, 0.5)),
    },
    "weights invented; ranges practice.md 4 and 5 (referral order 3 to 12 months, YRO to 36)",
)
LESSER_OUTCOME = Given(0.14, "invented; a co-occurring offence at court gets a conditional discharge of its own")
APPEALED = Given(0.022, "invented; of decisions at court")
APPEAL_STATUS = Given(
    (
        ("Changed on appeal", 0.3), ("Result of appeal successful", 0.25), ("Result of appeal unchanged", 0.35),
        ("Appeal recording ambiguous", 0.1),
    ),
    "weights invented; wording case-data.md 6",
)  # fmt: skip
APPEAL_DELAY = Given((28, 150), "invented; days, least and most")
OUTCOME_ON_APPEAL = Given(
    {"DETENTION_AND_TRAINING_ORDER": "YOUTH_REHABILITATION_ORDER", "SECTION_250": "YOUTH_REHABILITATION_ORDER"},
    "invented; any other decision changed on appeal becomes a conditional discharge",
)
RESIDENCE_NOT_RECORDED = Given(0.015, INVENTED)

# --- the work ----------------------------------------------------------------------------------------

# legal outcome -> (chance of a programme; days until it starts, least and most; months it lasts, None for the
# term of the outcome; chance of completing it)
PROGRAMMES = Given(
    {
        "COMMUNITY_RESOLUTION_WITH_YJS_INVOLVEMENT": (1.0, 5, 40, 2.5, 0.90),
        "NO_FURTHER_ACTION_OUTCOME_22_WITH_YJS_INVOLVEMENT": (1.0, 5, 40, 3, 0.88),
        "NO_FURTHER_ACTION_OUTCOME_22_DEFERRED_PROSECUTION_CAUTION_WITH_YJS_INVOLVEMENT": (1.0, 5, 40, 4, 0.85),
        "NO_FURTHER_ACTION_OUTCOME_20_21_WITH_YJS_INVOLVEMENT": (1.0, 5, 40, 3, 0.88),
        "YOUTH_CAUTION": (0.6, 5, 35, 2.5, 0.86),
        "YOUTH_CONDITIONAL_CAUTION": (1.0, 0, 14, None, 0.82),
        "REFERRAL_ORDER": (1.0, 8, 40, None, 0.80),
        "REPARATION_ORDER": (1.0, 3, 21, None, 0.85),
        "YOUTH_REHABILITATION_ORDER": (1.0, 0, 0, None, 0.70),
        "DETENTION_AND_TRAINING_ORDER": (1.0, 0, 0, None, 0.75),
        "SECTION_250": (1.0, 0, 0, None, 0.75),
    },
    "numbers invented; a referral order runs from its contract and a YRO from sentence: case-data.md 4",
)
END_SPREAD = Given((0.7, 21), "invented; share of programmes ending on the day planned, else up to these days early")
COMPLETION_NOT_RECORDED = Given(0.04, INVENTED)
BREACHED = Given({"REFERRAL_ORDER": 0.10, "YOUTH_REHABILITATION_ORDER": 0.24, "DTO_LICENCE": 0.2}, "invented")
CUSTODY_AND_LICENCE = Given(
    {
        "DETENTION_AND_TRAINING_ORDER": ("DTO_CUSTODY", "DTO_LICENCE"),
        "SECTION_250": ("SECTION_250", "LONG_TERM_LICENCE"),
    },
    CASE_DATA + " 4: custody and licence are two programmes of one sentence; codes of tables/data/disposal_type.csv",
)
BREACH_OUTCOMES = Given(
    (("FINE", 0.25), ("CONDITIONAL_DISCHARGE", 0.30), ("REFERRAL_ORDER", 0.15), ("YOUTH_REHABILITATION_ORDER", 0.30)),
    INVENTED,
)
BEFORE_A_BREACH = Given(14, "invented; days a programme runs before it can be breached")
BREACH_TO_COURT = Given((14, 60), "invented; days, least and most")
RESENTENCED = Given(0.35, "invented; breaches after which the first offence is decided afresh the same day")

# --- where -------------------------------------------------------------------------------------------

SEEN_ELSEWHERE = Given(0.05, "invented; children with an appearance in a neighbour's court, recorded there as OTHER")
OF_THEIR_OCCASIONS = Given(0.6, "invented; share of those children's court occasions heard elsewhere")
VISITORS = Given(0.025, "invented; children of a service that is not in these tables: every outcome OTHER")
MOVED_IN = Given(0.02, "invented; first outcome OTHER, the later ones LOCAL")
TRANSFERRED = Given(0.035, "invented; children who move to a neighbouring service")
ORIGINATING_ID = Given(
    (("kept", 0.55), ("N/A", 0.15), ("not known", 0.1), (None, 0.2)),
    "weights invented; what counts as no id: case-data.md 2",
)
NOT_LINKED = Given(0.35, "invented; of children whose first id was kept, those entered as a new person all the same")
MOVED_NEAR = Given(0.75, "invented; of moves and of appearances in another court, those within the region")
DELETED = Given(0.008, "invented; records deleted in error and reported as such")
SETTLED_BEFORE_MOVING = Given(90, "invented; days between a first event and a move to another service")
AT_HOME_BEFORE = Given(700, "invented; most days an address was already home when the service first met the child")
MOVES_HOME = Given(0.28, "invented; changes of address a year a child is known")
HOME = Given(
    (
        ("LIVING_WITH_PARENT_S", 0.68), ("LIVING_WITH_FAMILY_NOT_PARENTS", 0.10), ("FOSTER_CARE_LA", 0.045),
        ("FOSTER_CARE_PRIVATE", 0.025), ("RESIDENTIAL_UNIT_LA", 0.02), ("RESIDENTIAL_UNIT_PRIVATE", 0.035),
        ("SUPPORTED_ACCOMMODATION_SUPPORTED_LODGINGS", 0.035), ("TEMPORARY_ACCOMMODATION", 0.015),
        ("LIVING_WITH_FRIENDS", 0.015), ("INDEPENDENT_LIVING", 0.01), (None, 0.02),
    ),
    "weights invented; codes case-data.md 8",
)  # fmt: skip
CUSTODY_HOME = Given((("YOI", 0.72), ("SCH", 0.20), ("STC", 0.08)), "weights invented; codes case-data.md 8")
SUITABILITY = Given(
    (("SUITABLE", 0.80), ("UNSUITABLE", 0.09), ("UNKNOWN", 0.06), (None, 0.05)),
    "weights invented; codes case-data.md 8",
)
SECOND_HOME = Given(0.06, "invented; children who also stay somewhere that is not their primary home")
SECOND_HOME_DAYS = Given((20, 300), "invented; days a stay lasts, least and most")
SECOND_HOME_TYPE = Given(
    (("LIVING_WITH_FAMILY_NOT_PARENTS", 0.7), ("LIVING_WITH_FRIENDS", 0.3)), "weights invented; codes case-data.md 8"
)
