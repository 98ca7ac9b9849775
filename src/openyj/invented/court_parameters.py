"""The numbers that shape what courts of the invented services decide about bail and remand. All invented; the words are
the codes of ``tables.court_codes``, and a weight of ``None`` is the chance that the fact was never recorded."""

from __future__ import annotations

from openyj.invented.parameters import Given

CODES = "weights invented; codes case-data.md 7"
INVENTED = "invented"
LAA = "REMAND_TO_LOCAL_AUTHORITY_ACCOMMODATION"
YDA = "REMAND_TO_YOUTH_DETENTION_ACCOMMODATION"

DECIDED = Given(
    (
        ("UNCONDITIONAL_BAIL", 0.52), ("CONDITIONAL_BAIL", 0.33), ("CONDITIONAL_BAIL_AND_TAG", 0.04),
        ("BAIL_SUPERVISION_AND_SUPPORT", 0.04), (LAA, 0.03), (YDA, 0.02), (None, 0.02),
    ),
    CODES,
)  # fmt: skip
DECIDED_GRAVE = Given(
    (
        ("CONDITIONAL_BAIL", 0.28), ("CONDITIONAL_BAIL_AND_TAG", 0.14), ("BAIL_SUPERVISION_AND_SUPPORT", 0.10),
        ("BAIL_ISS", 0.08), (LAA, 0.06), (f"{LAA}_AND_TAG", 0.04), (YDA, 0.28), (None, 0.02),
    ),
    "weights invented, of cases that end in custody; codes case-data.md 7",
)  # fmt: skip
PROPOSED = Given(0.45, "invented; of the hearings that decided about bail or remand")
FOLLOWED = Given(0.6, "invented; decisions that were what the service proposed")
PROPOSED_INSTEAD = Given(
    (("CONDITIONAL_BAIL", 0.45), ("BAIL_SUPERVISION_AND_SUPPORT", 0.35), ("BAIL_ISS", 0.20)),
    "invented; what was proposed where the court decided otherwise",
)
YOUNGEST_IN_DETENTION = Given(12, "practice.md 5: younger children go to local authority accommodation")
ESTABLISHMENT = Given(
    {
        "RLAA": (("Placement of the children's service", 0.6), (None, 0.4)),
        "YDA": (("Invented secure children's home", 0.3), ("Invented young offender institution", 0.6), (None, 0.1)),
    },
    INVENTED,
)
PLACE = Given(
    {
        "RLAA": (("FOSTER_CARE_LA", 0.4), ("RESIDENTIAL_UNIT_LA", 0.4), ("LIVING_WITH_FAMILY_NOT_PARENTS", 0.2)),
        "YDA": (("YOI", 0.65), ("SCH", 0.30), (None, 0.05)),
    },
    "weights invented; codes case-data.md 8",
)
COST_A_DAY = Given(
    {"RLAA": ((21_000, 0.5), (38_500, 0.3), (None, 0.2)), "YDA": ((34_500, 0.6), (82_000, 0.2), (None, 0.2))},
    "invented; pence",
)
SENTENCE_PROPOSED = Given(0.4, "invented; of decisions at court")
SENTENCE_FOLLOWED = Given(0.72, "invented; the sentence was the first that was proposed")
SENTENCES = Given(
    (("REFERRAL_ORDER", 0.35), ("YOUTH_REHABILITATION_ORDER", 0.50), ("CONDITIONAL_DISCHARGE", 0.15)),
    "invented; what was proposed where the court passed another sentence, and what was named besides",
)
SECOND_SENTENCE = Given(0.3, "invented; proposals that name a second sentence")
PROVIDER = Given((("Our own team", 0.7), ("Invented bail support scheme", 0.3)), INVENTED)
ACCEPTED_RECORDED = Given(0.95, "invented; bail offers to which the court's answer is recorded")
AFTER_CHARGE = Given(0.05, "invented; arrests that went to court after which the police asked for accommodation")
ASKED_FOR = Given((("NOT_SECURE", 0.7), ("SECURE", 0.2), (None, 0.1)), CODES)
OFFERED = Given(((True, 0.25), (False, 0.65), (None, 0.1)), INVENTED)
NOT_MOVED = Given((("POLICE_STATION", 0.9), ("NOT_KNOWN", 0.1)), INVENTED)
