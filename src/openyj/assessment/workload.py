"""What assessments add to the workload number: a child whose latest judgement is high or very high."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Value

from openyj.assessment.models import Judgement
from openyj.workload.slots import Part, parts, things

HIGH = ("high", "very_high")
parts.add("concern", Part("High or very high concern", Decimal(1)), order=40)


@things.contribute("concern")
def concerns(*, service, day):
    """The latest judgement of a child, where safety and wellbeing or harm to others is high or very high."""
    later = Judgement.objects.standing().filter(child=OuterRef("child"), assessment__in_error_at=None)
    later = later.filter(Q(made_on__gt=OuterRef("made_on")) | Q(made_on=OuterRef("made_on"), pk__gt=OuterRef("pk")))
    rows = Judgement.objects.standing().filter(
        Q(safety_wellbeing__in=HIGH) | Q(harm_to_others__in=HIGH),
        ~Exists(later),
        child__service=service,
        assessment__in_error_at=None,
        made_on__lte=day,
    )
    return rows, {
        "part": Value("concern"),
        "child": "child_id",
        "since": "made_on",
        "what": Value("Safety and wellbeing, or harm to others"),
    }
