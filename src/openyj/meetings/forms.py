"""Forms about boards and their meetings."""

from __future__ import annotations

import calendar
from typing import Any

from django import forms

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission
from openyj.actions.forms import may
from openyj.core.forms import DateField, Form, WholeNumberField
from openyj.files.forms import UploadField
from openyj.meetings.models import Agency, AgendaItem, Attendance, Decision, Level, Meeting
from openyj.meetings.quorum import Role, Sector
from openyj.people.forms import FactForm, InErrorForm

NO_CHILD = "The board never reads about one child: name none."


class TimeField(forms.TimeField):
    """A time of day typed as 14:00, 14.00 or 2pm."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%H:%M", "%H.%M", "%H:%M:%S", "%I%p", "%I:%M%p", "%I.%M%p", "%I %p", "%I:%M %p"]
        kwargs.setdefault("error_messages", {}).setdefault("invalid", "Enter a time, like 14:00")
        super().__init__(input_formats=formats, widget=forms.TimeInput(format="%H:%M", attrs={"size": 6}), **kwargs)


def long_text(label: str, rows: int, longest: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea({"rows": rows}), **kwargs)


def choice(label: str, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


class MistakeForm(InErrorForm):
    """Why something of a meeting is marked as recorded in error."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "For example: entered twice. It is kept with this reason; nothing counts it."


class KindForm(FactForm):
    """A kind of meeting."""

    name = forms.CharField(label="Name", max_length=80, help_text="For example: Management board")
    about = long_text("What is it for?", 3, 300, required=False)
    is_board = forms.BooleanField(
        label="This is the management board",
        required=False,
        help_text="KPI 8 counts who came to the meetings of this kind, those of earlier quarters too, and of no other. "
        "One kind of meeting has the mark.",
    )


def roles_field(label: str, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class CorrectTermsForm(FactForm):
    """What a board is held to."""

    sectors = WholeNumberField(
        label="Statutory partners for a quorum",
        max_value=5,
        help_text="How many of the five: children’s social care, education, police, probation, health.",
    )
    roles = roles_field("Who must be there for a quorum", help_text="Or somebody who sits in for them.")
    papers_days = WholeNumberField(label="Days before a meeting that papers are due", max_value=60)
    source = forms.CharField(
        label="Where is this agreed?", max_length=300, help_text="For example: terms of reference of May 2025, part 4"
    )


class TermsForm(CorrectTermsForm):
    """What a board is held to from a day on."""

    valid_from = DateField(label="From", noun="Day they hold from", help_text="For example: 1 4 2026")
    field_order = ["valid_from"]


class AgencyForm(FactForm):
    """An agency and the sector it counts for."""

    name = forms.CharField(label="Name", max_length=120)
    sector = choice(
        "Counts as", Sector.choices, help_text="The five statutory sectors count for the quorum and for KPI 8."
    )


class SeatForm(FactForm):
    """Post, agency, seniority and role of a member."""

    post = forms.CharField(label="Post", max_length=120, help_text="For example: Head of Safeguarding")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency", empty_label="Select")
    level = choice(
        "Seniority",
        Level.choices,
        help_text="Senior: may commit their agency’s money and staff. KPI 8 asks for both.",
    )
    roles = roles_field("Role on the board")

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.standing().filter(service=service)
        if "user" in self.fields:
            people = User.objects.working_at(service).filter(role__in=may(Permission.SEE_MEETINGS))
            self.fields["user"].queryset = people


class ChangeSeatForm(SeatForm):
    """What changes from a day on."""

    valid_from = DateField(label="From", noun="Day it changes", help_text="For example: 1 4 2026")
    field_order = ["valid_from"]


def sign_in_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        User.objects.none(),
        label="Their sign-in",
        required=False,
        empty_label="None",
        help_text="Meetings are then in their own calendar feed.",
    )


class MemberForm(SeatForm):
    """A new member."""

    name = forms.CharField(label="Name", max_length=120)
    user = sign_in_field()
    valid_from = DateField(label="Member from", noun="Day they joined", help_text="For example: 1 4 2026")
    valid_to = DateField(label="Member to", required=False, help_text="Leave it empty while they sit on the board.")
    field_order = ["name"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", "They cannot leave before they joined. Check the dates")
        return cleaned


class EndForm(FactForm):
    """A member's last day."""

    valid_to = DateField(label="Last day", required=False, help_text="Leave it empty if they stay after all.")


class StandingItemForm(FactForm):
    """What comes up again and again."""

    title = forms.CharField(label="Title", max_length=120)
    lead = forms.CharField(label="Who leads?", max_length=120, required=False)
    months = forms.TypedMultipleChoiceField(
        label="At meetings in",
        choices=[(n, calendar.month_name[n]) for n in range(1, 13)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose none if it comes up at every meeting.",
    )
    of_quarter = forms.BooleanField(
        label="It is about the latest quarter that is over when papers are due",
        required=False,
        help_text="The agenda then says which quarter.",
    )
    last_on = DateField(label="Last comes up on", required=False, help_text="Leave it empty while it goes on.")


class MeetingForm(FactForm):
    """When and where."""

    day = DateField(label="Date", noun="Date of the meeting", help_text="For example: 4 6 2026")
    begins = TimeField(label="Begins at", help_text="For example: 14:00")
    ends = TimeField(label="Ends at", required=False)
    place = forms.CharField(label="Place", max_length=160, help_text="A room, or how to join from afar.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", "It must end after it begins. Check the times")
        return cleaned


class CancelForm(Form):
    """Why a meeting does not take place."""

    cancelled_because = long_text(
        "Why is it cancelled?", 3, 300, error_messages={"required": "Say why the meeting is cancelled"}
    )


class ItemForm(FactForm):
    """An item of the agenda."""

    title = forms.CharField(label="Title", max_length=160, help_text=NO_CHILD)
    lead = forms.CharField(label="Who leads?", max_length=120, required=False)
    purpose = choice("What is it for?", AgendaItem.Purpose.choices, initial=AgendaItem.Purpose.DISCUSSION)


class SaidForm(FactForm):
    """What was said about an item."""

    said = long_text("What was said?", 10, 8000, required=False, help_text=f"A line for each passage. {NO_CHILD}")


class PaperForm(FactForm):
    """A paper an item needs."""

    title = forms.CharField(label="What paper?", max_length=160, help_text="Name no child.")
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Who writes it?", required=False, empty_label="Somebody outside the staff list"
    )
    owner_name = forms.CharField(
        label="Or somebody else, by name",
        max_length=120,
        required=False,
        help_text="They are not reminded from here.",
    )
    about_child = forms.BooleanField(
        label="It is about one child",
        required=False,
        help_text="Only those who may look at children’s records then open it, and no pack or minutes name it. A board "
        "hardly ever needs one.",
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.working_at(service).filter(role__in=may(Permission.SEE_MEETINGS))
        self.fields["owner"].queryset = people


class AttachForm(Form):
    """A paper's file."""

    file = UploadField(label="File")


class DecisionForm(FactForm):
    """What was decided, and why."""

    text = long_text("What was decided?", 4, 2000, error_messages={"required": "Enter what was decided"})
    reason = long_text("Why?", 4, 2000, error_messages={"required": "Enter why it was decided so"})


class AnswerForm(Form):
    """What a quorate meeting made of what an earlier one could only note."""

    item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label="Under which item?",
        empty_label="Select",
        error_messages={"required": "Select under which item"},
    )
    verdict = choice(
        "What did this meeting do?",
        [("confirmed", "Confirmed it"), ("not_confirmed", "Did not confirm it")],
        error_messages={"required": "Select what this meeting did"},
    )
    reason = long_text("Why?", 4, 2000, error_messages={"required": "Enter why"})

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.standing()


class DissentForm(Form):
    """Who did not agree, and why."""

    attendance = forms.ModelChoiceField(
        Attendance.objects.none(),
        label="Who did not agree?",
        empty_label="Select",
        error_messages={"required": "Select who did not agree"},
    )
    reason = long_text("Why?", 4, 1000, error_messages={"required": "Enter why they did not agree"})

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = decision.item.meeting.attendances.standing().attended()
        self.fields["attendance"].queryset = there.select_related("membership").order_by("membership__name")
        self.fields["attendance"].label_from_instance = lambda row: row.who


class AgreeForm(Form):
    """Which later meeting agreed the minutes."""

    agreed_at = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Which meeting agreed them?",
        empty_label="Select",
        error_messages={"required": "Select which meeting agreed them"},
    )

    def __init__(self, *args: Any, meeting: Meeting, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = Meeting.objects.held().filter(kind=meeting.kind_id, day__gt=meeting.day).order_by("day", "begins")
        self.fields["agreed_at"].queryset = later.select_related("kind")
        if corrects:
            self.fields["note"] = forms.CharField(
                label="What is corrected?",
                max_length=300,
                error_messages={"required": "Say what is corrected"},
                help_text="The minutes as they were agreed before are kept beside these.",
            )
