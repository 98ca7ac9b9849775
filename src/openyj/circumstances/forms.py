"""Forms about a child's circumstances."""

from __future__ import annotations

from typing import Any

from django import forms

from openyj.casework.models import Programme
from openyj.circumstances import rules
from openyj.core.dates import say_date
from openyj.core.forms import DateField, NumberWidget, WholeNumberField
from openyj.people.forms import AddressForm, FactForm, code_field
from openyj.people.record import Recorded
from openyj.tables.circumstances import HOURS_IN_A_WEEK, MOST_SESSIONS


def hours_field(label: str, **kwargs: Any) -> forms.FloatField:
    """Hours of a week, parts of an hour too; left out is None, which is not none."""
    wrong = f"{label} must be a number from 0 to {HOURS_IN_A_WEEK}, like 15 or 12.5"
    return forms.FloatField(
        label=label, required=False, min_value=0, max_value=HOURS_IN_A_WEEK,
        widget=NumberWidget({"inputmode": "decimal"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong}, **kwargs,
    )  # fmt: skip


def words_field(label: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, required=False, **kwargs)


class CheckedForm(FactForm):
    """A form whose answers a rule checks together, once each is right by itself."""

    check: Any

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self.refuse(self.check, child=self.child, **{"end_date": None} | cleaned)
        return cleaned


class EpisodeForm(CheckedForm):
    """Something that holds from a day to a day."""

    check: Any = staticmethod(rules.check_episode)


def first_day(label: str = "From", **kwargs: Any) -> DateField:
    said = {"noun": "Date it began", "help_text": "The first day. For example: 4 6 2026"} | kwargs
    return DateField(label=label, when="today or past", **said)


def last_day(label: str = "Until", **kwargs: Any) -> DateField:
    said = {"noun": "Date it ended", "help_text": "The last day. Leave it empty while it goes on."} | kwargs
    return DateField(label=label, required=False, **said)


class EteForm(EpisodeForm):
    """Education, training or employment."""

    provision_type = code_field(
        "provision_type", "What is it?",
        help_text="The national list. “Recorded as unknown” says that you asked and nobody knows; none at all is "
        "“None”.",
    )  # fmt: skip
    description = words_field(
        "In your own words", help_text="The school, college or employer, and the year or course. Name no other child."
    )
    start_date = first_day()
    end_date = last_day()
    hours_offered = hours_field("Hours offered a week", help_text="All of what is offered, attended or not.")
    hours_attended = hours_field("Hours attended a week", help_text="In a usual week. 0 is none; empty, not recorded.")
    suitability = code_field("suitability", "Is it suitable?")

    @classmethod
    def values_of(cls, row: Recorded) -> dict[str, object]:
        values = super().values_of(row)
        said = {n: f"{v:g}" for n in ("hours_offered", "hours_attended") if (v := values.get(n)) is not None}
        return values | said


class NextEteForm(EteForm):
    """What a child does now in place of what they did."""

    end_date = None
    start_date = first_day(help_text="What went before ends the day before. For example: 4 6 2026")


class MoveForm(AddressForm):
    """Where a child has moved to."""

    end_date = primary = None
    start_date = DateField(
        label="Date they moved", when="today or past",
        help_text="They left the address before on that day. For example: 4 6 2026",
    )  # fmt: skip
    field_order = ["start_date"]


class CareStatusForm(EpisodeForm):
    """What care or help the council gives."""

    status = code_field(
        "care_status", "Care status", required=True,
        help_text="“None” says that you asked and there is none; “recorded as unknown” that nobody knows.",
    )  # fmt: skip
    description = words_field("In your own words", help_text="What your council calls it, if that differs.")
    start_date = first_day()
    end_date = last_day()


class NextCareStatusForm(CareStatusForm):
    """The care status that follows another."""

    end_date = None
    start_date = first_day(help_text="The status before ends the day before. For example: 4 6 2026")


class AdditionalNeedForm(EpisodeForm):
    """Special educational needs and disabilities, or additional learning needs."""

    identified = code_field("identified_sendaln", "Is a need identified?", required=True)
    formal_plan = code_field(
        "send_formal_plan", "Is there a formal plan?",
        help_text="Such as an education, health and care plan; in Wales an individual development plan.",
    )  # fmt: skip
    description = words_field("In your own words", help_text="What the need is, as the school or plan says it.")
    start_date = first_day()
    end_date = last_day()


class NextAdditionalNeedForm(AdditionalNeedForm):
    """What is known of SEND or ALN from now on."""

    end_date = None
    start_date = first_day(help_text="What went before ends the day before. For example: 4 6 2026")


def step(label: str, **kwargs: Any) -> DateField:
    """A day that has come, or is left empty."""
    return DateField(label=label, required=False, when="today or past", **kwargs)


class NeedForm(CheckedForm):
    """A need from screened to attended. Each step is a day; leave empty what has not come."""

    date_screened = step("Screened", noun="Date screened", help_text="For example: 4 6 2026")
    need_identified = code_field("need_identified", "Was a need found?")
    date_referred = step("Referred", noun="Date referred")
    date_offered = step("Offered", noun="Date offered", help_text="The day help was offered to the child.")
    date_attended_start = step("First attended", noun="Date first attended")
    date_attended_end = step("Attended until", noun="Date attended until", help_text="Empty while it goes on.")
    check = staticmethod(rules.check_need)


class MentalHealthForm(NeedForm):
    """A need of mental health or emotional wellbeing."""

    intervention_type = code_field("mental_health_intervention_type", "Kind of help offered")
    field_order = ["date_screened", "need_identified", "date_referred", "date_offered", "intervention_type"]


class SubstanceMisuseForm(NeedForm):
    """A need because of alcohol or drugs."""

    intervention_type = code_field("substance_misuse_intervention_type", "Kind of help offered")
    field_order = ["date_screened", "need_identified", "date_referred", "date_offered", "intervention_type"]


class PartnerReferralForm(CheckedForm):
    """A referral to a partner and what became of it."""

    partner_kind = code_field("partner_kind", "Kind of partner", required=True)
    partner = forms.CharField(
        label="Which partner", max_length=120, required=False, help_text="The service or team. Name no other child."
    )
    date_referred = DateField(
        label="Referred", noun="Date referred", when="today or past", help_text="For example: 4 6 2026"
    )
    date_accepted = step("Accepted", noun="Date accepted")
    date_declined = step("Declined", noun="Date declined")
    decline_reason = code_field("decline_reason", "If it was declined: why?")
    date_first_seen = step("First seen", noun="Date first seen", help_text="The day the partner first saw the child.")
    date_ended = step("Ended", noun="Date it ended", help_text="The day the partner closed it or it was taken back.")
    check = staticmethod(rules.check_partner_referral)


class ParentingForm(CheckedForm):
    """Support for the child's parents or carers."""

    parenting_intervention_type = code_field("parenting_intervention_type", "Kind of support", required=True)
    description = words_field("In your own words", help_text="The group or course.")
    date_referred = step("Referred", noun="Date referred")
    start_date = step("From", noun="Date it began", help_text="The day of the first session.")
    end_date = last_day()
    sessions_planned = WholeNumberField(label="Sessions planned", required=False, max_value=MOST_SESSIONS)
    sessions_attended = WholeNumberField(label="Sessions attended", required=False, max_value=MOST_SESSIONS)
    engagement_level = code_field("engagement_level", "How far did they take part?")
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label="As part of which programme?", required=False, empty_label="None"
    )
    check = staticmethod(rules.check_parenting)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.standing().filter(child=self.child).select_related("disposal_type")
        self.fields["programme"].queryset = programmes
        self.fields["programme"].label_from_instance = lambda row: f"{row}, from {say_date(row.start_date)}"
