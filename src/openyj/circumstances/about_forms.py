"""Forms about the child as a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, TextChoices

from openyj.circumstances import about_rules
from openyj.circumstances.about_models import Known
from openyj.circumstances.forms import CheckedForm, EpisodeForm, first_day, last_day
from openyj.circumstances.models import ContactDetail, HowToWork, LanguageNeed
from openyj.core.forms import DateField
from openyj.people import rules as people_rules
from openyj.people.models import Address, ChildName, Identifier


def choice_field(offered: type[TextChoices], label: str, *, required: bool = False, **kwargs: Any) -> forms.ChoiceField:
    """One of this project's own answers, nothing chosen beforehand; left out is None."""
    listed = [("", "Select" if required else "Not recorded"), *offered.choices]
    return forms.TypedChoiceField(label=label, choices=listed, required=required, empty_value=None, **kwargs)


def words(label: str, longest: int, *, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, **kwargs)


class HowToWorkForm(EpisodeForm):
    """One thing to know before working with the child."""

    heading = choice_field(HowToWork.Heading, "What is it about?", required=True)
    text = words(
        "What to know", 500, required=True, widget=forms.Textarea({"rows": 3}),
        help_text="What to do, in a sentence or two. All who open the record see it: no diagnosis of mental health or "
        "substance misuse, which are recorded as circumstances, and nothing about another child.",
    )  # fmt: skip
    said_by = words("Who says so", 120, required=True, help_text="For example: the child; mother; speech therapist")
    source = words("Where it is written", 200, help_text="For example: school’s one-page profile, spring 2026")
    start_date = first_day("Since", help_text="The day it was said or noticed. For example: 4 6 2026")
    end_date = last_day()


class NextHowToWorkForm(HowToWorkForm):
    """What is to be known from now on."""

    end_date = None
    start_date = first_day("Since", help_text="What was known before ends the day before. For example: 4 6 2026")


class NameForm(CheckedForm):
    """A name of the child beside those on their papers."""

    use = choice_field(
        ChildName.Use, "Kind of name", required=True,
        help_text="What the child wants to be called stands at the top of every page of the record, and ends what they "
        "were called before.",
    )  # fmt: skip
    name = words(
        "Name", 80, required=True, help_text="Of what they want to be called, the first name only. Search finds it."
    )
    said_as = words("How it is said", 120, help_text="In words, if it is not plain. For example: Siân, said SHAHN")
    said_by = words("Who says so", 120, help_text="For example: the child; birth certificate; police")
    start_date = DateField(
        label="Since", noun="Date it began", when="today or past", required=False, help_text="If it is known"
    )
    end_date = DateField(
        label="Until", noun="Date it ended", when="today or past", required=False,
        help_text="Leave it empty while the name is in use, or if nobody knows.",
    )  # fmt: skip
    check = staticmethod(people_rules.check_name)


class IdentifierForm(CheckedForm):
    """A number somebody else gave the child."""

    scheme = choice_field(Identifier.Scheme, "Which number", required=True)
    value = words("Number", 40, required=True, help_text="As it is written where you read it")
    which = words("Of which service or place", 80, help_text="For example: which other service or establishment")
    given_by = words("Who gave it to us", 120, required=True, help_text="For example: police custody record; school")
    start_date = DateField(
        label="Since", noun="Date it began", when="today or past", required=False, help_text="If it is known"
    )
    end_date = DateField(
        label="Until", noun="Date it ended", when="today or past", required=False, help_text="Empty while it is in use."
    )
    check = staticmethod(people_rules.check_identifier)


class LanguageForm(CheckedForm):
    """The languages a child has and needs. “Recorded as unknown” says that somebody asked."""

    first_language = words("First language", 60)
    interpreter = choice_field(Known, "Do they need an interpreter?")
    sign_language = choice_field(LanguageNeed.Sign, "Do they use a sign language?")
    reads = choice_field(LanguageNeed.Reads, "Which can they read?")
    prefers = words("Which language do they prefer with us?", 60, help_text="For example: Welsh")
    welsh_offered = choice_field(Known, "Were they offered Welsh?")
    start_date = first_day("Since", help_text="The day somebody asked. For example: 4 6 2026")
    end_date = last_day()
    check = staticmethod(about_rules.check_languages)


class NextLanguageForm(LanguageForm):
    """What is known of languages from now on."""

    end_date = None
    start_date = first_day("Since", help_text="What was known before ends the day before. For example: 4 6 2026")


class ContactForm(CheckedForm):
    """A way to reach the child, and whether it is safe."""

    way = choice_field(ContactDetail.Way, "Way to contact", required=True)
    whose = words("Who answers", 80, required=True, help_text="For example: the child; mother; the children’s home")
    value = words("Number or e-mail address", 254, help_text="Leave it empty for a letter or visit")
    address = forms.ModelChoiceField(
        Address.objects.none(), label="Which address", required=False, empty_label="None",
        help_text="For a letter or visit: one of the addresses on the record",
    )  # fmt: skip
    safe = choice_field(
        ContactDetail.Safe, "Is it safe to use?", required=True,
        help_text="Ask the child: who else reads it, hears it ring or opens the door? No message is ever sent to one "
        "that is not recorded as safe, and it is on no print.",
    )  # fmt: skip
    when_and_how = words("When and how", 300, help_text="For example: text first, after four o’clock")
    not_to_say = words("What not to say", 300, help_text="For example: never say where you ring from")
    start_date = first_day("Since", help_text="The day somebody asked whether it is safe. For example: 4 6 2026")
    review_on = DateField(
        label="Ask again by", noun="Date to ask again by", help_text="After that day it no longer counts as safe"
    )
    end_date = last_day()
    check = staticmethod(about_rules.check_contact)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = getattr(self.row, "address_id", None)
        rows = Address.objects.filter(Q(in_error_at=None, end_date=None) | Q(pk=kept), child=self.child)
        self.fields["address"].queryset = rows

    def clean_value(self) -> str:
        """A number or address in the one way a message would need it."""
        value, way = self.cleaned_data["value"].strip(), self.cleaned_data.get("way")
        if not value or way not in ("phone", "email"):
            return value
        try:
            return about_rules.one_way(way, value)
        except ValidationError as refused:
            raise ValidationError(refused.messages) from refused


class NextContactForm(ContactForm):
    """What is known of a way to contact from now on, such as a new number."""

    end_date = None
    start_date = first_day("Since", help_text="What was known before ends the day before. For example: 4 6 2026")
