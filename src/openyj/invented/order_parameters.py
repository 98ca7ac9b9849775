"""The numbers that shape what follows from an invented outcome. All invented; the words are the shipped kinds of
requirement, and a weight of ``None`` is the chance that the fact was never recorded."""

from __future__ import annotations

from openyj.invented.parameters import Given

REQUIREMENTS = Given(
    {
        "YOUTH_REHABILITATION_ORDER": (
            ("SUPERVISION", 0.90), ("ACTIVITY", 0.40), ("UNPAID_WORK", 0.22), ("CURFEW", 0.25),
            ("ELECTRONIC_MONITORING", 0.20), ("EDUCATION", 0.10), ("PROHIBITED_ACTIVITY", 0.08), ("EXCLUSION", 0.07),
            ("INTENSIVE_SUPERVISION_AND_SURVEILLANCE", 0.06),
        ),
        "YOUTH_CONDITIONAL_CAUTION": (
            ("CONDITION_REHABILITATIVE", 0.85), ("CONDITION_REPARATIVE", 0.45), ("CONDITION_RESTRICTIVE", 0.10),
        ),
        "REPARATION_ORDER": (("REPARATION", 1.0),),
    },
    "invented; the chance of each, by outcome",
)  # fmt: skip
UNPAID_WORK_AGE = Given(16, "practice.md 5, general knowledge: unpaid work is for 16 and 17")
SHORTER = Given(
    {"CURFEW": (28, 120), "ELECTRONIC_MONITORING": (28, 120), "EXCLUSION": (60, 180)},
    "invented; days, least and most. Any other lasts as long as its order",
)
CAUTION_DAYS = Given((60, 110), "invented; days a condition of a caution runs, least and most")
HOURS_ORDERED = Given(
    {"UNPAID_WORK": (40, 120), "REPARATION": (8, 24), "ACTIVITY": (20, 60)},
    "invented; least and most, in steps of four. The limits of unpaid work are practice.md 5, general knowledge",
)
HOURS_NOT_RECORDED = Given(0.08, "invented; requirements of these kinds without hours ordered")
HOURS_A_DAY = Given(4, "invented")
DAYS_BETWEEN = Given(7, "invented; days from one day of hours to the next")
FIRST_DAY_AFTER = Given((7, 35), "invented; days from the start, least and most")
SHARE_DONE = Given(((1.0, 0.7), (0.6, 0.15), (0.3, 0.1), (0.0, 0.05)), "invented; how much is done in the end")
WITH_WHOM = Given((("Reparation worker", 0.5), ("Youth worker", 0.3), (None, 0.2)), "invented")
APPEALED_WITHIN = Given(21, "invented; days from the outcome to the appeal, at most")
APPEAL_ABOUT = Given((("SENTENCE", 0.65), ("CONVICTION", 0.15), ("BOTH", 0.1), (None, 0.1)), "invented")
SIGNED_BY = Given(
    (("The child, a parent and the panel", 0.7), ("The child and the panel", 0.25), (None, 0.05)), "invented"
)
ENDED_EARLY = Given(0.3, "invented; of completed orders whose programme ended before the order")
ENDED_EARLY_OF = Given(("YOUTH_REHABILITATION_ORDER", "REFERRAL_ORDER"), "invented")
ENDED_HOW = Given((("COMPLETED_EARLY", 0.4), ("REVOKED", 0.6)), "invented; of orders that ended well")
ENDED_BY = Given((("The youth court", 0.9), (None, 0.1)), "invented")
LETTER_BEFORE = Given(21, "invented; days from the establishment's letter to the release")
TRANSFERRED_OF = Given(("YOUTH_REHABILITATION_ORDER", "REFERRAL_ORDER"), "invented")
ASKED_BEFORE = Given((5, 40), "invented; days from asking to the move, least and most")
ANSWERED_AFTER = Given((1, 15), "invented; days from asking to the answer, least and most")
TRANSFER_REFUSED = Given(0.15, "invented")
