"""The code lists of a child's circumstances: where they live, learn, what care they have, what they need and get.

Codes marked SQL are those of the return (case-level notes, section 8). The return asks for a value, not for the
difference between nobody having asked and nobody knowing: NOT_KNOWN is this project's word for the second, and an
empty column is the first.
"""

from __future__ import annotations

from openyj.tables.code_list import PROJECT, SQL, CodeList, Value

NOT_KNOWN = "NOT_KNOWN"
UNKNOWN = Value(NOT_KNOWN, "Recorded as unknown", PROJECT)

ACCOMMODATION_TYPE = CodeList(
    "accommodation_type",
    (
        Value("AT_HOME", "At home", SQL),
        Value("LIVING_WITH_PARENT_S", "Living with parent or parents", SQL),
        Value("LIVING_WITH_FAMILY_NOT_PARENTS", "Living with family, not parents", SQL),
        Value("LIVING_WITH_FRIENDS", "Living with friends", SQL),
        Value("FOSTER_CARE_LA", "Foster care, local authority", SQL),
        Value("FOSTER_CARE_PRIVATE", "Foster care, private", SQL),
        Value("RESIDENTIAL_UNIT_LA", "Residential unit, local authority", SQL),
        Value("RESIDENTIAL_UNIT_PRIVATE", "Residential unit, private", SQL),
        Value("RESIDENTIAL_UNIT_SECURE", "Residential unit, secure", SQL),
        Value("SUPPORTED_ACCOMMODATION_SUPPORTED_LODGINGS", "Supported accommodation or lodgings", SQL),
        Value("TEMPORARY_ACCOMMODATION", "Temporary accommodation", SQL),
        Value("BAIL_HOSTEL", "Bail hostel", SQL),
        Value("INDEPENDENT_LIVING", "Independent living", SQL),
        Value("HOSPITAL", "Hospital", SQL),
        Value("TRAVELLER_SITE", "Traveller site", SQL),
        Value("OTHER", "Other", SQL),
        Value("YOI", "Young offender institution", SQL),
        Value("STC", "Secure training centre", SQL),
        Value("SCH", "Secure children's home", SQL),
        UNKNOWN,
    ),
    null_means="not recorded",
)

SUITABILITY = CodeList(
    "suitability",
    (
        Value("SUITABLE", "Suitable", SQL),
        Value("UNSUITABLE", "Unsuitable", SQL),
        Value("UNKNOWN", "Unknown (counts as unsuitable)", SQL),
    ),
    null_means="not recorded",
)

NO_PROVISION = "NONE"
PROVISION_TYPE = CodeList(
    "provision_type",
    (
        Value("SCHOOL_FULL_TIME", "School, full time", SQL),
        Value("SCHOOL_PART_TIME", "School, part time", SQL),
        Value("MAINSTREAM_SCHOOL", "Mainstream school", SQL),
        Value("ELECTIVELY_HOME_EDUCATED", "Electively home educated", SQL),
        Value("PUPIL_REFERRAL_UNIT", "Pupil referral unit", SQL),
        Value("ALTERNATIVE_PROVISION", "Alternative provision", SQL),
        Value("ALTERNATIVE_PROVISION_PRU_FULL_TIME", "Alternative provision: pupil referral unit, full time", SQL),
        Value("ALTERNATIVE_PROVISION_PRU_PART_TIME", "Alternative provision: pupil referral unit, part time", SQL),
        Value("ALTERNATIVE_PROVISION_OTHER_FULL_TIME", "Alternative provision: other, full time", SQL),
        Value("ALTERNATIVE_PROVISION_OTHER_PART_TIME", "Alternative provision: other, part time", SQL),
        Value("ALTERNATIVE_PROVISION_ABOVE_SCHOOL_AGE", "Alternative provision, above school age", SQL),
        Value("COLLEGE", "College", SQL),
        Value("EDUCATION_RE_ENGAGEMENT_PROGRAMME", "Education re-engagement programme", SQL),
        Value("TRAINEESHIP", "Traineeship", SQL),
        Value("TRAINING_COURSE_APPRENTICESHIP", "Training course or apprenticeship", SQL),
        Value("SUPPORTED_INTERNSHIP", "Supported internship", SQL),
        Value("MENTORING_CIRCLE", "Mentoring circle", SQL),
        Value("FULL_TIME_EMPLOYMENT", "Full-time employment", SQL),
        Value("PART_TIME_EMPLOYMENT", "Part-time employment", SQL),
        Value("EMPLOYMENT", "Employment", SQL),
        Value("SELF_EMPLOYMENT", "Self-employment", SQL),
        Value("VOLUNTARY_WORK", "Voluntary work", SQL),
        Value("UNIVERSITY", "University", SQL),
        Value(NO_PROVISION, "None: no education, training or employment", SQL),
        UNKNOWN,
    ),
    null_means="not recorded",
)

LOOKED_AFTER, PROTECTION_PLAN, IN_NEED = "Looked after or care experienced", "Child protection plan", "Child in need"
EARLY_PLAN, EARLY_HELP_REFERRAL = "Early intervention or early help plan", "Early Help referral"
CARE_STATUS = CodeList(
    "care_status",
    (
        # The groups are the return's (KPI 7); how its own codes are spelt was not found, so these are the project's.
        Value("LOOKED_AFTER", "Looked after, legal status not recorded", PROJECT, LOOKED_AFTER),
        Value("CARE_ORDER", "Looked after: care order", PROJECT, LOOKED_AFTER),
        Value("VOLUNTARY", "Looked after: by agreement with the family", PROJECT, LOOKED_AFTER),
        Value("REMAND_TO_LAA", "Looked after: remand to local authority accommodation", PROJECT, LOOKED_AFTER),
        Value("REMAND_TO_YDA", "Looked after: remand to youth detention accommodation", PROJECT, LOOKED_AFTER),
        Value("ELIGIBLE_CHILD", "Eligible child", PROJECT, LOOKED_AFTER),
        Value("RELEVANT_CHILD", "Relevant child", PROJECT, LOOKED_AFTER),
        Value("CARE_EXPERIENCED", "Care experienced", PROJECT, LOOKED_AFTER),
        Value("CHILD_PROTECTION_PLAN", "Child protection plan", PROJECT, PROTECTION_PLAN),
        Value("CHILD_IN_NEED", "Child in need", PROJECT, IN_NEED),
        Value("CARE_AND_SUPPORT", "In need of care and support (Wales)", PROJECT, IN_NEED),
        Value("EARLY_INTERVENTION_PLAN", "Early intervention or early help plan", PROJECT, EARLY_PLAN),
        Value("EARLY_HELP_REFERRAL", "Referred to Early Help", PROJECT, EARLY_HELP_REFERRAL),
        Value("NONE", "None", PROJECT),
        UNKNOWN,
    ),
    null_means="a row without a status is refused",
)

YES_NO = (Value("YES", "Yes", SQL), Value("NO", "No", SQL), UNKNOWN)
IDENTIFIED_SENDALN = CodeList("identified_sendaln", YES_NO, null_means="a row that does not say is refused")
SEND_FORMAL_PLAN = CodeList("send_formal_plan", YES_NO, null_means="not recorded")

# The return has no such item: its date of screening is the date on which a need was found.
NEED_IDENTIFIED = CodeList(
    "need_identified",
    (Value("YES", "Yes", PROJECT), Value("NO", "No", PROJECT), UNKNOWN),
    null_means="as in the return: a date of screening says that a need was found",
)
NO_INTERVENTION = "NO_INTERVENTION"
MENTAL_HEALTH_INTERVENTION = CodeList(
    "mental_health_intervention_type",
    (
        Value("GETTING_ADVICE", "Getting advice", SQL),
        Value("GETTING_HELP", "Getting help", SQL),
        Value("GETTING_ADDITIONAL_HELP", "Getting additional help", SQL),
        Value("GETTING_RISK_SUPPORT", "Getting risk support", SQL),
        Value(NO_INTERVENTION, "No intervention", SQL),
        UNKNOWN,
    ),
    null_means="not recorded: neither offered nor attended counts",
)
SUBSTANCE_MISUSE_INTERVENTION = CodeList(
    "substance_misuse_intervention_type",
    (
        Value("TARGETED_INTERVENTION", "Targeted intervention", SQL),
        Value("SPECIALIST_SUBSTANCE_MISUSE_TREATMENT", "Specialist substance misuse treatment", SQL),
        Value("COMPLEX_CARE", "Complex care", SQL),
        Value(NO_INTERVENTION, "No intervention", SQL),
        UNKNOWN,
    ),
    null_means="not recorded: neither offered nor attended counts",
)

PARTNER_KIND = CodeList(
    "partner_kind",
    (
        Value("MENTAL_HEALTH", "Child and adolescent mental health", PROJECT),
        Value("PHYSICAL_HEALTH", "Physical health", PROJECT),
        Value("SPEECH_AND_LANGUAGE", "Speech and language", PROJECT),
        Value("SUBSTANCE_MISUSE", "Substance misuse", PROJECT),
        Value("EDUCATION", "Education", PROJECT),
        Value("MENTORING", "Mentoring", PROJECT),
        Value("FAMILY_SUPPORT", "Family support", PROJECT),
        Value("HOUSING", "Housing", PROJECT),
        Value("OTHER", "Other", PROJECT),
    ),
    null_means="a referral without a kind of partner is refused",
)
DECLINE_REASON = CodeList(
    "decline_reason",
    (
        Value("BELOW_THRESHOLD", "Below the partner's threshold", PROJECT),
        Value("NO_CAPACITY", "No capacity, or the list is closed", PROJECT),
        Value("OUT_OF_AREA", "Out of the partner's area or age", PROJECT),
        Value("HELPED_ELSEWHERE", "Already helped elsewhere", PROJECT),
        Value("NO_CONSENT", "The child or family said no", PROJECT),
        Value("NOT_REACHED", "The child could not be reached", PROJECT),
        Value("OTHER", "Other", PROJECT),
        UNKNOWN,
    ),
    null_means="not declined, or the reason is not recorded",
)

PARENTING_TYPE = CodeList(
    "parenting_intervention_type",
    (
        Value("PARENTING_ORDER", "Parenting order", PROJECT),
        Value("PARENTING_CONTRACT", "Parenting contract", PROJECT),
        Value("VOLUNTARY_GROUP", "Parenting group, voluntary", PROJECT),
        Value("VOLUNTARY_ONE_TO_ONE", "One to one support, voluntary", PROJECT),
        Value("OTHER", "Other", PROJECT),
        UNKNOWN,
    ),
    null_means="a row without a type is refused",
)
ENGAGEMENT_LEVEL = CodeList(
    "engagement_level",
    (
        Value("FULL", "Took part fully", PROJECT),
        Value("PARTIAL", "Took part in part", PROJECT),
        Value("NONE", "Did not take part", PROJECT),
        UNKNOWN,
    ),
    null_means="not recorded",
)

CIRCUMSTANCES = (
    ACCOMMODATION_TYPE,
    SUITABILITY,
    PROVISION_TYPE,
    CARE_STATUS,
    IDENTIFIED_SENDALN,
    SEND_FORMAL_PLAN,
    NEED_IDENTIFIED,
    MENTAL_HEALTH_INTERVENTION,
    SUBSTANCE_MISUSE_INTERVENTION,
    PARTNER_KIND,
    DECLINE_REASON,
    PARENTING_TYPE,
    ENGAGEMENT_LEVEL,
)
