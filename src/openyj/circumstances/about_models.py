"""The child as a person: how to work with them, their languages, safe ways to contact them. Names and numbers, which
the search looks through, are `people.models`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openyj.circumstances.bases import Episode, in_order
from openyj.people.models import Address
from openyj.people.record import in_error_is_whole


class Known(models.TextChoices):
    """An answer to a question of yes or no; none at all is not recorded."""

    YES = "YES", "Yes"
    NO = "NO", "No"
    NOT_KNOWN = "NOT_KNOWN", "Recorded as unknown"


def chosen(label: str, offered: type[models.TextChoices], *, required: bool = False) -> models.CharField:
    """One of this project's own answers; None is not recorded."""
    left_out = {} if required else {"null": True, "blank": True}
    return models.CharField(label, max_length=20, choices=offered.choices, **left_out)


class HowToWork(Episode):
    """One thing to know before working with the child, under a heading, and who says so. The child's own few words are
    `Child.how_to_work_with_me`."""

    class Heading(models.TextChoices):
        TALKING = "talking", "Talking and listening"
        READING = "reading", "Reading and writing"
        SENSES = "senses", "Noise, light, touch and space"
        ATTENTION = "attention", "Attention and memory"
        HEALTH = "health", "Health: what everybody needs to know"
        HELPS = "helps", "What helps"
        AVOID = "avoid", "What to avoid"

    heading = chosen("about", Heading, required=True)
    text = models.CharField("what to know", max_length=500)
    said_by = models.CharField("who says so", max_length=120)
    source = models.CharField("where it is written", max_length=200, blank=True)

    class Meta(Episode.Meta):
        verbose_name = "note on how to work with me"
        constraints = [
            in_error_is_whole("how_to_work_in_error_is_whole"),
            in_order("how_to_work_dates_in_order", "start_date", "end_date"),
        ]

    def __str__(self) -> str:
        return f"{self.get_heading_display()}: {self.text}"


class LanguageNeed(Episode):
    """The languages a child has and needs, from a day on."""

    class Sign(models.TextChoices):
        BSL = "BSL", "British Sign Language"
        ANOTHER = "ANOTHER", "Another sign language"
        NO = "NO", "None"
        NOT_KNOWN = "NOT_KNOWN", "Recorded as unknown"

    class Reads(models.TextChoices):
        ENGLISH = "ENGLISH", "English"
        WELSH = "WELSH", "Welsh"
        BOTH = "BOTH", "English and Welsh"
        NEITHER = "NEITHER", "Neither English nor Welsh"
        NOT_KNOWN = "NOT_KNOWN", "Recorded as unknown"

    first_language = models.CharField(max_length=60, blank=True)
    interpreter = chosen("needs an interpreter", Known)
    sign_language = chosen("sign language", Sign)
    reads = chosen("reads", Reads)
    prefers = models.CharField("language the child prefers", max_length=60, blank=True)
    welsh_offered = chosen("Welsh was offered", Known)

    class Meta(Episode.Meta):
        verbose_name = "languages"
        verbose_name_plural = "languages"
        constraints = [
            in_error_is_whole("language_need_in_error_is_whole"),
            in_order("language_need_dates_in_order", "start_date", "end_date"),
            models.CheckConstraint(
                condition=~Q(
                    first_language="", interpreter=None, sign_language=None, reads=None, prefers="", welsh_offered=None
                ),
                name="language_need_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"Languages: {self.first_language or 'first language not recorded'}"


class ContactDetail(Episode):
    """A way to reach the child or whoever answers for them, and whether it is safe to use. Letters and visits go to an
    address of the record, which is not written down again."""

    class Way(models.TextChoices):
        PHONE = "phone", "Telephone"
        EMAIL = "email", "E-mail"
        ADDRESS = "address", "Letter or visit"

    class Safe(models.TextChoices):
        SAFE = "SAFE", "Safe"
        NOT_SAFE = "NOT_SAFE", "Not safe"
        NOT_KNOWN = "NOT_KNOWN", "Not known whether safe"

    way = chosen("way", Way, required=True)
    whose = models.CharField("who answers", max_length=80)
    value = models.CharField("number or e-mail address", max_length=254, blank=True)
    address = models.ForeignKey(
        Address, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_details"
    )
    safe = chosen("safe to use", Safe, required=True)
    when_and_how = models.CharField("when and how", max_length=300, blank=True)
    not_to_say = models.CharField("what not to say", max_length=300, blank=True)
    review_on = models.DateField("ask again by")

    class Meta(Episode.Meta):
        verbose_name = "way to contact"
        verbose_name_plural = "ways to contact"
        constraints = [
            in_error_is_whole("contact_detail_in_error_is_whole"),
            in_order("contact_detail_dates_in_order", "start_date", "end_date"),
            in_order("contact_detail_reviewed_later", "start_date", "review_on"),
            models.CheckConstraint(
                condition=Q(way="address", value="", address__isnull=False)
                | (~Q(way="address") & ~Q(value="") & Q(address=None)),
                name="contact_detail_says_where",
            ),
        ]
        indexes = [models.Index(fields=["service", "value"])]

    def __str__(self) -> str:
        of = "to" if self.way == self.Way.ADDRESS else "of"
        return f"{self.get_way_display()} {of} {self.whose}"

    @property
    def shown(self) -> str:
        """The number as people read it aloud, or the e-mail address."""
        return f"{self.value[:5]} {self.value[5:]}" if self.way == self.Way.PHONE else self.value
