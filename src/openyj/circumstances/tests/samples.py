"""For every topic with a form of its own: what the form sends, and words that the page says of it on 4 June 2026."""

from __future__ import annotations

from openyj.casework.tests.sending import on

SAMPLES: dict[str, tuple[dict[str, object], str]] = {
    "education": (
        {"provision_type": "PUPIL_REFERRAL_UNIT", "description": "The Link Centre", "hours_offered": "25",
         "hours_attended": "15", "suitability": "UNSUITABLE"} | on("start_date", 1, 9, 2025),
        "Pupil referral unit, The Link Centre, 15 of 25 hours a week attended (unsuitable)",
    ),
    "care-status": (
        {"status": "CHILD_IN_NEED", "description": "Plan agreed in spring"} | on("start_date", 1, 3, 2026),
        "Child in need, Plan agreed in spring",
    ),
    "send-aln": (
        {"identified": "YES", "formal_plan": "NO", "description": "Speech and language"} | on("start_date", 1, 9, 2025),
        "Identified, Speech and language, no formal plan",
    ),
    "mental-health": (
        {"need_identified": "YES"} | on("date_screened", 1, 4, 2026) | on("date_referred", 5, 5, 2026),
        "Referred on 5 May 2026, waiting for 30 days",
    ),
    "substance-misuse": (
        {"need_identified": "YES", "intervention_type": "TARGETED_INTERVENTION"} | on("date_screened", 1, 4, 2026)
        | on("date_offered", 20, 4, 2026) | on("date_attended_start", 1, 5, 2026),
        "Targeted intervention, attended since 1 May 2026",
    ),
    "partner-referral": (
        {"partner_kind": "SPEECH_AND_LANGUAGE", "partner": "Talk team"} | on("date_referred", 1, 5, 2026)
        | on("date_accepted", 8, 5, 2026),
        "Speech and language, Talk team, accepted on 8 May 2026, waiting for 34 days since the referral",
    ),
    "parenting-support": (
        {"parenting_intervention_type": "VOLUNTARY_GROUP", "description": "Evening course", "sessions_planned": "8",
         "sessions_attended": "5", "engagement_level": "PARTIAL"} | on("date_referred", 1, 3, 2026)
        | on("start_date", 1, 4, 2026),
        "Parenting group, voluntary, Evening course, 5 of 8 sessions attended, took part in part",
    ),
    "how-to-work": (
        {"heading": "talking", "text": "Short sentences, then wait", "said_by": "Mother", "source": "School profile"}
        | on("start_date", 1, 9, 2025),
        "Short sentences, then wait (said by Mother)",
    ),
    "contact": (
        {"way": "phone", "whose": "the child", "value": "07700 900 123", "safe": "SAFE", "when_and_how": "text first",
         "not_to_say": "where you ring from"} | on("start_date", 1, 5, 2026) | on("review_on", 1, 8, 2026),
        "Telephone of the child: 07700 900123, safe, text first, do not say: where you ring from",
    ),
    "name": (
        {"use": "called", "name": "Bex", "said_as": "as it looks", "said_by": "The child"}
        | on("start_date", 1, 5, 2026),
        "Bex, what the child wants to be called, said as it looks",
    ),
    "languages": (
        {"first_language": "Polish", "interpreter": "YES", "reads": "NEITHER", "prefers": "Polish",
         "welsh_offered": "NOT_KNOWN"} | on("start_date", 1, 5, 2026),
        "First language Polish, needs an interpreter, reads neither English nor Welsh, prefers Polish, whether offered "
        "Welsh recorded as unknown",
    ),
    "identifier": (
        {"scheme": "nhs", "value": "943 476 5919", "given_by": "School nurse"} | on("start_date", 1, 5, 2026),
        "NHS number 943 476 5919",
    ),
}  # fmt: skip
