"""Forms about court reports. They check and save nothing."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.accounts.models import User
from openyj.casework.forms.choosing import OffencesField, to_choose
from openyj.casework.models import Hearing
from openyj.core import clock
from openyj.core.forms import DateField, Form, YesNoField
from openyj.files.forms import UploadField
from openyj.people.forms import FactForm
from openyj.reports import rules
from openyj.reports.models import CourtReport, ReportKind, ReportSending, ReportVersion
from openyj.reports.selectors import authors, gatekeepers


class ReportForm(FactForm):
    """What a court asked for, and who writes it."""

    kind = forms.ModelChoiceField(ReportKind.objects.none(), label="Kind of report", empty_label="Select")
    hearing = forms.ModelChoiceField(
        Hearing.objects.none(), label="Which hearing asked for it?", empty_label="Select",
        error_messages={"required": "Select the hearing that asked for it"},
    )  # fmt: skip
    asked_on = DateField(label="Asked for on", noun="Day it was asked for", when="today or past")
    adjourned_to = DateField(label="Hearing it is for, if a day is set", noun="Day of that hearing", required=False)
    due_on = DateField(
        label="Due at the court, if the court named a day", noun="Day it is due", required=False,
        help_text="Left empty, it is due by your service’s time limit in working days, counted from the day it was "
        "asked for, and never after the hearing it is for.",
    )  # fmt: skip
    persistent = YesNoField(
        label="Does the court treat the child as a persistent young offender?",
        help_text="Your service may have a shorter time limit then.",
    )
    asked_for = forms.CharField(
        label="What the court asked to know, if it said", max_length=2000, required=False,
        widget=forms.Textarea({"rows": 3}), help_text="Do not write here who was harmed.",
    )  # fmt: skip
    offences = OffencesField(
        label="Which offences is it about?", error_messages={"required": "Select the offences it is about"}
    )
    author = forms.ModelChoiceField(User.objects.none(), label="Who writes it?", widget=forms.RadioSelect,
                                    empty_label=None, error_messages={"required": "Select who writes it"})  # fmt: skip
    gatekeeper = forms.ModelChoiceField(
        User.objects.none(), label="Who gatekeeps it, if that is settled", required=False,
        empty_label="Whoever may and is there",
    )  # fmt: skip
    mark_optional = False
    sections = [
        ("What the court asked for", ["kind", "hearing", "asked_on", "adjourned_to", "due_on", "persistent",
                                      "asked_for", "offences"]),
        ("Who does it", ["author", "gatekeeper"]),
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        child = self.row.child if self.row else self.child
        kinds = ReportKind.objects.usable_on(clock.today())
        if self.row:
            kinds |= ReportKind.objects.filter(pk=self.row.kind_id)
        self.fields["kind"].queryset = kinds.order_by("label")
        self.fields["hearing"].queryset = Hearing.objects.standing().filter(child=child)
        self.fields["hearing"].label_from_instance = lambda each: ", ".join(filter(None, [str(each), each.court_name]))
        self.fields["offences"].queryset = to_choose(child)
        offered = {each.user.pk: each for each in authors(child)}
        kept = {self.row.author_id} if self.row else set()
        self.fields["author"].queryset = User.objects.filter(pk__in=[*offered, *kept])
        self.fields["author"].choices = [(pk, str(each)) for pk, each in offered.items()] + [
            (pk, str(self.row.author)) for pk in kept - set(offered)
        ]
        self.fields["author"].label_from_instance = str
        self.fields["gatekeeper"].queryset = gatekeepers(child)
        self.about = child

    @classmethod
    def values_of(cls, row: CourtReport) -> dict[str, object]:
        """What the form's fields hold for `row`."""
        values = super().values_of(row)
        values["offences"] = to_choose(row.child).filter(pk__in=row.links.standing().values("offence"))
        return values

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asked = {name: cleaned.get(name) for name in ("hearing", "asked_on", "adjourned_to", "due_on")}
        self.refuse(rules.check_asked, child=self.about, **asked)
        people = {name: cleaned.get(name) for name in ("author", "gatekeeper")}
        self.refuse(rules.check_people, child=self.about, **people)
        return cleaned


class VersionForm(Form):
    """The author's Word file."""

    file = UploadField(
        label="The report as a Word document (.docx)", help_text="It is kept as it is, without a change."
    )
    note = forms.CharField(label="What is new in it", max_length=300, required=False)


class GatekeepForm(Form):
    """What the gatekeeper says of the version they were given."""

    verdict = forms.ChoiceField(
        label="Is it good enough to be signed?",
        choices=[(ReportVersion.Verdict.APPROVED, "Yes: approve it"),
                 (ReportVersion.Verdict.RETURNED, "No: return it with comments")],
        widget=forms.RadioSelect, error_messages={"required": "Select whether it is good enough to be signed"},
    )  # fmt: skip
    comments = forms.CharField(
        label="Comments", max_length=4000, required=False, widget=forms.Textarea({"rows": 6}),
        help_text="Needed when you return it.",
    )  # fmt: skip


class SignForm(Form):
    """Signing the approved version."""

    name = forms.CharField(label="Your name, as you sign", max_length=120)
    day = DateField(label="Signed on", noun="Day it was signed", when="today or past")
    read = forms.BooleanField(
        label="I have opened this version and it says what I mean",
        error_messages={"required": "Open the version, then select the box"},
    )


class SendingForm(Form):
    """To whom a signed report was given."""

    to = forms.ChoiceField(
        label="To whom?", choices=ReportSending.To.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select to whom it was sent"},
    )  # fmt: skip
    who = forms.CharField(
        label="Name or office", max_length=120, help_text="For example: Youth court office, Northmere."
    )
    how = forms.ChoiceField(
        label="How?", choices=ReportSending.How.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select how it was sent"},
    )  # fmt: skip
    on = DateField(label="On", noun="Day it was sent", when="today or past")
    note = forms.CharField(label="Anything else to know", max_length=300, required=False)
    late_reason = forms.CharField(label="If it was late for the court: why", max_length=300, required=False)
    mark_optional = False


class WhyForm(Form):
    """A reason in words."""

    words = forms.CharField(label="Why?", max_length=1000, widget=forms.Textarea({"rows": 3}),
                            error_messages={"required": "Say why"})  # fmt: skip


class KindForm(Form):
    """A kind of report and its headings, one a line."""

    label = forms.CharField(label="Kind of report", max_length=120)
    headings = forms.CharField(
        label="Headings for the author, one on each line", max_length=2000, widget=forms.Textarea({"rows": 8})
    )
    valid_from = DateField(label="From", noun="Day it holds from")
    valid_to = DateField(label="Last day it can be chosen", required=False)

    def clean_headings(self) -> list[str]:
        """The lines, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["headings"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if any(len(line) > 120 for line in found):
            raise forms.ValidationError("A heading has at most 120 characters. Shorten the longest.")
        return found


class AddKindForm(KindForm):
    valid_to = None


class ChangeKindForm(KindForm):
    label = valid_from = None
