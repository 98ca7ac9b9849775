"""The numbers that shape the circumstances of invented children. All invented; the words are the codes of
``tables.circumstance_codes``, and a weight of ``None`` is the chance that the fact was never recorded."""

from __future__ import annotations

from openyj.invented.parameters import Given

CODES = "weights invented; codes case-data.md 8"

# --- education, training, employment -----------------------------------------------------------------------

ETE_SPELLS = Given(0.55, "invented; changes of education or work a year a child is known")
ETE_NOT_RECORDED = Given(0.06, "invented; children of whom nothing is recorded")
SCHOOL_AGE = Given(16, "invented simplification: what comes after school begins on the 1 September after")
ETE_AT_SCHOOL_AGE = Given(
    (
        ("MAINSTREAM_SCHOOL", 0.45), ("SCHOOL_FULL_TIME", 0.10), ("SCHOOL_PART_TIME", 0.05),
        ("PUPIL_REFERRAL_UNIT", 0.10), ("ALTERNATIVE_PROVISION_PRU_PART_TIME", 0.04),
        ("ALTERNATIVE_PROVISION_OTHER_PART_TIME", 0.06), ("ALTERNATIVE_PROVISION_OTHER_FULL_TIME", 0.03),
        ("ELECTIVELY_HOME_EDUCATED", 0.035), ("EDUCATION_RE_ENGAGEMENT_PROGRAMME", 0.015), ("NONE", 0.08),
        ("NOT_KNOWN", 0.02), (None, 0.02),
    ),
    CODES,
)  # fmt: skip
ETE_ABOVE_SCHOOL_AGE = Given(
    (
        ("COLLEGE", 0.34), ("TRAINING_COURSE_APPRENTICESHIP", 0.10), ("FULL_TIME_EMPLOYMENT", 0.06),
        ("PART_TIME_EMPLOYMENT", 0.05), ("ALTERNATIVE_PROVISION_ABOVE_SCHOOL_AGE", 0.04), ("TRAINEESHIP", 0.02),
        ("SUPPORTED_INTERNSHIP", 0.01), ("SELF_EMPLOYMENT", 0.01), ("VOLUNTARY_WORK", 0.01),
        ("MENTORING_CIRCLE", 0.01), ("NONE", 0.30), ("NOT_KNOWN", 0.03), (None, 0.02),
    ),
    CODES,
)  # fmt: skip
HOURS_OFFERED = Given(
    {
        "MAINSTREAM_SCHOOL": ((25, 0.93), (20, 0.03), (15, 0.02), (None, 0.02)),
        "SCHOOL_FULL_TIME": ((25, 1.0),),
        "SCHOOL_PART_TIME": ((10, 0.3), (12.5, 0.3), (15, 0.4)),
        "PUPIL_REFERRAL_UNIT": ((25, 0.7), (20, 0.1), (15, 0.15), (None, 0.05)),
        "ALTERNATIVE_PROVISION_PRU_PART_TIME": ((10, 0.3), (15, 0.5), (20, 0.2)),
        "ALTERNATIVE_PROVISION_OTHER_PART_TIME": ((6, 0.2), (10, 0.4), (15, 0.4)),
        "ALTERNATIVE_PROVISION_OTHER_FULL_TIME": ((25, 1.0),),
        "EDUCATION_RE_ENGAGEMENT_PROGRAMME": ((8, 0.4), (12, 0.6)),
        "COLLEGE": ((16, 0.6), (18, 0.2), (12, 0.1), (None, 0.1)),
        "TRAINING_COURSE_APPRENTICESHIP": ((16, 0.3), (30, 0.7)),
        "ALTERNATIVE_PROVISION_ABOVE_SCHOOL_AGE": ((12, 0.5), (16, 0.5)),
        "TRAINEESHIP": ((16, 0.6), (25, 0.4)),
        "SUPPORTED_INTERNSHIP": ((20, 1.0),),
        "FULL_TIME_EMPLOYMENT": ((35, 0.5), (37.5, 0.5)),
        "PART_TIME_EMPLOYMENT": ((12, 0.5), (16, 0.5)),
        "NONE": ((0, 1.0),),
    },
    "invented; 25 hours are full time at school age and 16 above it: indicators.md 7.2",
)
SHARE_ATTENDED = Given(
    (("all", 0.42), ("most", 0.25), ("some", 0.18), ("hardly any", 0.10), (None, 0.05)),
    "invented; of what is offered",
)
SHARE_OF = Given({"all": 1.0, "most": 0.8, "some": 0.6, "hardly any": 0.2}, "invented")
MORE_ATTENDED = Given(0.006, "invented; slips: more hours attended than offered, which the warning ETE-3 is for")
ETE_SUITABILITY = Given((("SUITABLE", 0.62), ("UNSUITABLE", 0.24), ("UNKNOWN", 0.08), (None, 0.06)), CODES)
ETE_WORDS = Given(
    {
        "PUPIL_REFERRAL_UNIT": (("The Link Centre (invented)", 1.0),),
        "COLLEGE": (("Construction, level 1", 0.4), ("Catering, level 1", 0.2), ("GCSE resits", 0.4)),
        "NONE": (("Looking for a college place", 0.5), (None, 0.5)),
    },
    "invented",
)

# --- care and additional needs -----------------------------------------------------------------------------

CARE_RECORDED = Given(0.8, "invented; children whose care status, or that there is none, is recorded")
CARE_CHANGES = Given(0.3, "invented; changes a year")
CARE = Given(
    (
        ("NONE", 0.56), ("EARLY_INTERVENTION_PLAN", 0.09), ("EARLY_HELP_REFERRAL", 0.06), ("CHILD_IN_NEED", 0.14),
        ("CHILD_PROTECTION_PLAN", 0.06), ("VOLUNTARY", 0.02), ("CARE_ORDER", 0.01), ("CARE_EXPERIENCED", 0.02),
        ("NOT_KNOWN", 0.04),
    ),
    "weights invented; statuses case-data.md 3",
)  # fmt: skip
CARE_IN_PLACEMENT = Given(
    (("CARE_ORDER", 0.5), ("VOLUNTARY", 0.42), ("LOOKED_AFTER", 0.08)),
    "invented; of children who ever lived in foster care or a residential unit",
)
PLACEMENTS = Given(
    ("FOSTER_CARE_LA", "FOSTER_CARE_PRIVATE", "RESIDENTIAL_UNIT_LA", "RESIDENTIAL_UNIT_PRIVATE"), "codes case-data.md 8"
)
SEND_RECORDED = Given(0.6, "invented; children of whom it is recorded whether a need is identified")
SEND_CHANGES = Given(0.12, "invented; changes a year, such as a plan agreed")
SEND_IDENTIFIED = Given((("YES", 0.5), ("NO", 0.42), ("NOT_KNOWN", 0.08)), "weights invented; values case-data.md 3")
SEND_PLAN = Given(
    {"YES": (("YES", 0.42), ("NO", 0.46), ("NOT_KNOWN", 0.05), (None, 0.07))}, "weights invented; values case-data.md 3"
)
SEND_WORDS = Given(
    {
        "YES": (
            ("Speech, language and communication", 0.4), ("Social, emotional and mental health", 0.3),
            ("Autism", 0.08), ("ADHD", 0.12), (None, 0.1),
        )
    },
    "invented",
)  # fmt: skip

# --- health ------------------------------------------------------------------------------------------------

SCREENED = Given({"mental_health": 0.66, "substance_misuse": 0.6}, "invented; children who were screened")
SCREENED_AGAIN = Given(0.12, "invented; of those, screened again later")
SCREENING_DELAY = Given((20.0, 0.8), "invented; days from first known: median, sigma")
NEED_FOUND = Given((("YES", 0.56), ("NO", 0.36), ("NOT_KNOWN", 0.03), (None, 0.05)), "invented")
NOT_SCREENED_BY_US = Given(0.06, "invented; of needs, those of which only a referral by somebody else is recorded")
# Each step: the chance of it after the one before, and the days it takes, median and sigma.
NEED_STEPS = Given(
    {
        "referred": (0.84, 6.0, 0.9),
        "offered": (0.74, 38.0, 0.8),
        "began": (0.84, 14.0, 0.7),
        "ended": (0.62, 130.0, 0.6),
    },
    "invented; months between a referral and an offer are usual",
)
HELP = Given(
    {
        "mental_health": (
            ("GETTING_ADVICE", 0.36), ("GETTING_HELP", 0.34), ("GETTING_ADDITIONAL_HELP", 0.14),
            ("GETTING_RISK_SUPPORT", 0.06), ("NO_INTERVENTION", 0.04), ("NOT_KNOWN", 0.03), (None, 0.03),
        ),
        "substance_misuse": (
            ("TARGETED_INTERVENTION", 0.6), ("SPECIALIST_SUBSTANCE_MISUSE_TREATMENT", 0.24), ("COMPLEX_CARE", 0.04),
            ("NO_INTERVENTION", 0.06), ("NOT_KNOWN", 0.03), (None, 0.03),
        ),
    },
    CODES,
)  # fmt: skip

# --- partners and parents ----------------------------------------------------------------------------------

REFERRALS = Given(0.8, "invented; referrals to partners of a child")
REFERRAL_DELAY = Given((60.0, 1.0), "invented; days from first known: median, sigma")
PARTNER = Given(
    (
        ("MENTAL_HEALTH", 0.26), ("SPEECH_AND_LANGUAGE", 0.2), ("SUBSTANCE_MISUSE", 0.2), ("EDUCATION", 0.12),
        ("MENTORING", 0.12), ("FAMILY_SUPPORT", 0.05), ("HOUSING", 0.03), ("PHYSICAL_HEALTH", 0.02),
    ),
    "invented",
)  # fmt: skip
PARTNER_NAMES = Given(
    {
        "MENTAL_HEALTH": (("CAMHS", 0.9), (None, 0.1)),
        "SPEECH_AND_LANGUAGE": (("Speech and language team", 0.8), (None, 0.2)),
        "SUBSTANCE_MISUSE": (("Clearwater (invented)", 1.0),),
        "EDUCATION": (("Inclusion officer", 0.7), (None, 0.3)),
        "MENTORING": (("Next Steps mentoring (invented)", 1.0),),
    },
    "invented",
)
ANSWERED = Given((("accepted", 0.68), ("declined", 0.16), (None, 0.16)), "invented")
ANSWER_DAYS = Given((12.0, 0.8), "invented; days: median, sigma")
DECLINED_BECAUSE = Given(
    (
        ("BELOW_THRESHOLD", 0.42), ("NO_CAPACITY", 0.16), ("NO_CONSENT", 0.2), ("NOT_REACHED", 0.1),
        ("HELPED_ELSEWHERE", 0.06), ("OUT_OF_AREA", 0.03), ("NOT_KNOWN", 0.03),
    ),
    "invented",
)  # fmt: skip
SEEN = Given((0.78, 34.0, 0.9), "invented; of those accepted, and days from the answer: median, sigma")
REFERRAL_ENDED = Given((0.6, 120.0, 0.6), "invented; of those seen, and days from then: median, sigma")

PARENTS_SUPPORTED = Given(0.2, "invented; children whose parents or carers are referred for support")
PARENTING = Given(
    (
        ("VOLUNTARY_ONE_TO_ONE", 0.46), ("VOLUNTARY_GROUP", 0.32), ("PARENTING_CONTRACT", 0.1),
        ("PARENTING_ORDER", 0.08), ("OTHER", 0.04),
    ),
    "invented",
)  # fmt: skip
PARENTING_BEGUN = Given((0.82, 24.0, 0.7), "invented; of those referred, and days: median, sigma")
PARENTING_ENDED = Given((0.75, 90.0, 0.4), "invented; of those begun, and days: median, sigma")
SESSIONS = Given(((6, 0.4), (8, 0.3), (10, 0.2), (12, 0.1)), "invented")
ENGAGEMENT = Given((("FULL", 0.4), ("PARTIAL", 0.36), ("NONE", 0.12), ("NOT_KNOWN", 0.04), (None, 0.08)), "invented")
SESSIONS_ATTENDED = Given({"FULL": 1.0, "PARTIAL": 0.5, "NONE": 0.0}, "invented; of those planned")
