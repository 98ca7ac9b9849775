"""Who was there: one form with a part for each member's seat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from openyj.core.forms import Form, InlineRadios
from openyj.meetings.forms import TimeField, long_text
from openyj.meetings.models import Agency, Attendance, Level, Meeting, Membership
from openyj.meetings.services.meeting import Seat

How = Attendance.How


@dataclass(frozen=True)
class Part:
    """A member's fields as the page groups them: the answer, and what is asked where a substitute came."""

    membership: Membership
    answer: list[BoundField]
    instead: list[BoundField]

    @property
    def is_open(self) -> bool:
        """Whether the part about a substitute has something in it or is refused."""
        chosen = self.answer[0].value() == How.SUBSTITUTE
        return chosen or any(bound.errors for bound in self.instead)


class AttendanceForm(Form):
    """Nothing is chosen beforehand: who was there is a fact, and KPI 8 counts it."""

    mark_optional = False
    ends = TimeField(label="Ended at", required=False, help_text="For example: 15:40")
    also_there = long_text(
        "Others who were there", 3, 1000, required=False, help_text="Officers and guests, one a line, with their post."
    )

    def __init__(self, *args: Any, meeting: Meeting, members: list[Membership], **kwargs: Any) -> None:
        self.meeting, self.members = meeting, members
        agencies = Agency.objects.standing().filter(service=meeting.service_id)
        offered = [("", "The member’s own agency"), *((str(each.pk), each.name) for each in agencies)]
        kwargs.setdefault("initial", attendance_values(meeting))
        kwargs.setdefault("version", meeting.version)
        own = dict(self.base_fields)
        self.base_fields = {name: field for each in members for name, field in fields_of(each, offered)} | own
        super().__init__(*args, **kwargs)
        if meeting.is_held:
            self.fields["because"] = long_text(
                "Why is it corrected?", 2, 300, error_messages={"required": "Say why it is corrected"},
                help_text="For example: the substitute signed in late. KPI 8 and the quorum follow the correction.",
            )  # fmt: skip

    def parts(self) -> Iterator[Part]:
        """The members, each with their fields."""
        for each in self.members:
            names = [f"{name}_{each.pk}" for name in ("how", "new", "substitute", "post", "agency", "level")]
            bound = [self[name] for name in names]
            yield Part(each, bound[:2], bound[2:])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for each in self.members:
            if cleaned.get(f"how_{each.pk}") != How.SUBSTITUTE:
                continue
            if not cleaned.get(f"substitute_{each.pk}"):
                self.add_error(f"substitute_{each.pk}", f"Enter who came instead of {each}")
            if not cleaned.get(f"level_{each.pk}"):
                self.add_error(f"level_{each.pk}", f"Select the seniority of who came instead of {each}")
        return cleaned

    def seats(self) -> dict[Membership, Seat]:
        """What was filled in, once it is valid."""
        return {each: self.seat(each) for each in self.members}

    def seat(self, each: Membership) -> Seat:
        said = {name: self.cleaned_data[f"{name}_{each.pk}"] for name in ("how", "new", "substitute", "post", "level")}
        agency = self.cleaned_data[f"agency_{each.pk}"]
        return Seat(
            how=said["how"], new_partner=said["new"], substitute=said["substitute"], substitute_post=said["post"],
            agency=int(agency) if agency else each.agency_id, level=said["level"],
        )  # fmt: skip


def fields_of(each: Membership, agencies: list[tuple[str, str]]) -> Iterator[tuple[str, forms.Field]]:
    name = str(each)
    yield (
        f"how_{each.pk}",
        forms.ChoiceField(
            label=f"Was {name} there?",
            choices=How.choices,
            widget=InlineRadios,
            error_messages={"required": f"Say whether {name} was there"},
        ),
    )
    yield f"new_{each.pk}", forms.BooleanField(label="Whoever came is a new partner", required=False)
    yield f"substitute_{each.pk}", forms.CharField(label="Who came instead?", max_length=120, required=False)
    yield f"post_{each.pk}", forms.CharField(label="Their post", max_length=120, required=False)
    yield f"agency_{each.pk}", forms.ChoiceField(label="Their agency", choices=agencies, required=False)
    yield (
        f"level_{each.pk}",
        forms.ChoiceField(label="Their seniority", choices=Level.choices, widget=InlineRadios, required=False),
    )


def attendance_values(meeting: Meeting) -> dict[str, object]:
    """The attendance as it is saved, as the fields of the form."""
    found: dict[str, object] = {"ends": meeting.ends, "also_there": meeting.also_there}
    for row in meeting.attendances.standing():
        instead = row.how == How.SUBSTITUTE
        found |= {
            f"how_{row.membership_id}": row.how,
            f"new_{row.membership_id}": row.new_partner,
            f"substitute_{row.membership_id}": row.substitute,
            f"post_{row.membership_id}": row.substitute_post,
            f"agency_{row.membership_id}": str(row.agency_id) if instead else "",
            f"level_{row.membership_id}": row.level if instead else "",
        }
    return found
