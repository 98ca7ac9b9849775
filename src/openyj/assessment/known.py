"""What the record knows already and an assessment shows beside its questions, each with where it is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from openyj.accounts.models import User
from openyj.assessment.models import Assessment
from openyj.casework.models import Outcome
from openyj.casework.selectors import running_programmes
from openyj.circumstances.working import headed
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.models import Address, Child
from openyj.questionnaires.definition import Section

DETAILS = ("Details", "people:details")
OFFENCES = ("Offences and outcomes", "casework:offences")
# Key in a question set: what it is called, and the page of the record where a person finds and corrects it.
KNOWN = {
    "name": ("Name", *DETAILS),
    "age": ("Age", *DETAILS),
    "how-to-work-with-me": ("How to work with me", "About the child", "circumstances:about"),
    "worker": ("Worker", *DETAILS),
    "address": ("Lives at", "Addresses", "people:addresses"),
    "offences": ("What this is about", *OFFENCES),
    "earlier-outcomes": ("Earlier outcomes", *OFFENCES),
    "programmes": ("Programmes now", "Programmes", "casework:programmes"),
}


def known_facts(assessment: Assessment, user: User) -> dict[str, dict[str, str]]:
    """Every known fact by its key: label, value and source. Five queries, however much is recorded."""
    child = assessment.child
    values = {
        "name": child.name,
        "age": say_age(assessment),
        "how-to-work-with-me": say_how_to_work(child, user),
        "worker": str(child.worker or "None"),
        "address": say_addresses(assessment, user),
        "offences": "; ".join(say_offences(assessment)) or "No offence",
        "earlier-outcomes": "; ".join(earlier_outcomes(assessment, user)) or "None recorded",
        "programmes": "; ".join(str(each) for each in running_programmes(child, user)) or "None",
    }
    return {key: fact(key, value, child) for key, value in values.items()}


def fact(key: str, value: str, child: Child) -> dict[str, str]:
    label, source, page = KNOWN[key]
    return {"label": label, "value": value, "source": source, "url": reverse(page, args=[child.pk])}


def say_age(assessment: Assessment) -> str:
    child = assessment.child
    if child.age is None:
        return "Date of birth not recorded"
    return f"{child.age}, born {say_date(child.date_of_birth)}"


def say_how_to_work(child: Child, user: User) -> str:
    """The child's own words, then what is known under each heading and who says so."""
    lines = [f"{heading}: {text.rstrip('.')}." for heading, text in headed(child, user)]
    return " ".join([child.how_to_work_with_me, *lines]).strip() or "Not recorded"


def say_addresses(assessment: Assessment, user: User) -> str:
    rows = Address.objects.visible_to(user).standing().filter(child=assessment.child, end_date=None)
    return "; ".join(f"{a} (since {say_date(a.start_date)})" for a in rows) or "Not recorded"


def say_offences(assessment: Assessment) -> Iterator[str]:
    for offence in assessment.about:
        day = f", {say_date(offence.offence_date)}" if offence.offence_date else ""
        yield f"{offence}{day}"


def earlier_outcomes(assessment: Assessment, user: User) -> Iterator[str]:
    """What was decided before on other offences, latest first."""
    rows = (
        Outcome.objects.visible_to(user)
        .standing()
        .filter(child=assessment.child, offence__in_error_at=None, outcome_date__lte=clock.today())
        .exclude(offence__in=[offence.pk for offence in assessment.about])
        .select_related("legal_outcome", "offence")
    )
    for row in rows:
        yield f"{row}, {say_date(row.outcome_date)}: {row.offence}"


def known_in(section: Section, facts: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """The known facts a section shows, in its order."""
    return [facts[name] for name in section.known]
