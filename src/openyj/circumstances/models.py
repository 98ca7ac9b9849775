"""The circumstances of a child as dated facts. Where a child lives is `people.models.Address`; the child as a person is
`about_models`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.casework.models import Programme
from openyj.circumstances.about_models import ContactDetail, HowToWork, LanguageNeed
from openyj.circumstances.bases import Episode, any_day, at_most_a_week, code, day, hours, in_order, needs, not_both
from openyj.people.models import Child
from openyj.people.record import AboutChild, AboutChildQuerySet, in_error_is_whole
from openyj.tables.circumstances import MOST_SESSIONS

__all__ = [
    "AdditionalNeed", "CareStatus", "ContactDetail", "EteStatus", "HowToWork", "LanguageNeed", "MentalHealth",
    "ParentingIntervention", "PartnerReferral", "SubstanceMisuse",
]  # fmt: skip


class EteStatus(Episode):
    """Education, training or employment: what it is, in our words and in the return's, and hours of a week."""

    description = models.CharField("in our own words", max_length=300, blank=True)
    provision_type = code("provision_type", "kind")
    suitability = code("suitability")
    hours_offered = hours("hours offered a week")
    hours_attended = hours("hours attended a week")

    class Meta(Episode.Meta):
        verbose_name = "education, training or employment"
        constraints = [
            in_error_is_whole("ete_status_in_error_is_whole"),
            in_order("ete_status_dates_in_order", "start_date", "end_date"),
            at_most_a_week("ete_status_hours_of_a_week", "hours_offered", "hours_attended"),
        ]

    def __str__(self) -> str:
        return self.description or self.get_provision_type_display() or "Education, training or employment"


class CareStatus(Episode):
    """What care or help the council gives the child or family."""

    status = code("care_status", required=True)
    description = models.CharField("in our own words", max_length=300, blank=True)

    class Meta(Episode.Meta):
        verbose_name = "care status"
        verbose_name_plural = "care statuses"
        constraints = [
            in_error_is_whole("care_status_in_error_is_whole"),
            in_order("care_status_dates_in_order", "start_date", "end_date"),
        ]

    def __str__(self) -> str:
        return self.get_status_display()


class AdditionalNeed(Episode):
    """Special educational needs and disabilities, in Wales additional learning needs, and whether there is a plan."""

    identified = code("identified_sendaln", "SEND or ALN identified", required=True)
    formal_plan = code("send_formal_plan", "formal plan")
    description = models.CharField("in our own words", max_length=300, blank=True)

    class Meta(Episode.Meta):
        verbose_name = "SEND or ALN"
        verbose_name_plural = "SEND or ALN"
        constraints = [
            in_error_is_whole("additional_need_in_error_is_whole"),
            in_order("additional_need_dates_in_order", "start_date", "end_date"),
        ]

    def __str__(self) -> str:
        return f"SEND or ALN identified: {self.get_identified_display()}"


class HealthQuerySet(AboutChildQuerySet):
    """Rows about a child's health: read by those whose role reads health."""

    def visible_to(self, user: User, permission: Permission = Permission.SEE_HEALTH):
        return super().visible_to(user, permission)

    def of(self, child: Child, user: User):
        """The rows about this child, if `user` may read of a child's health."""
        return super().of(child, user) if user.may(Permission.SEE_HEALTH) else self.none()


STEPS = ("date_screened", "date_referred", "date_offered", "date_attended_start", "date_attended_end")


class Need(AboutChild):
    """A need of a child's health from screened to attended, each step a day. The return's date of screening is the day
    on which a need was found; that none was found is this project's to say."""

    date_screened = day("screened")
    need_identified = code("need_identified", "need found")
    date_referred = day("referred")
    date_offered = day("offered")
    date_attended_start = day("attended from")
    date_attended_end = day("attended until")

    objects = HealthQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = [F("date_screened").desc(nulls_last=True), "-id"]


def need_is_whole(name: str) -> list[models.CheckConstraint]:
    return [
        in_error_is_whole(f"{name}_in_error_is_whole"),
        any_day(f"{name}_says_something", *STEPS),
        in_order(f"{name}_offered_not_before_screened", "date_screened", "date_offered"),
        in_order(f"{name}_attended_not_before_offered", "date_offered", "date_attended_start"),
        in_order(f"{name}_attended_in_order", "date_attended_start", "date_attended_end"),
        needs(f"{name}_what_ended_has_begun", "date_attended_start", "date_attended_end"),
    ]


class MentalHealth(Need):
    """A need of mental health or emotional wellbeing."""

    intervention_type = code("mental_health_intervention_type", "kind of help")

    class Meta(Need.Meta):
        verbose_name = verbose_name_plural = "mental health"
        constraints = need_is_whole("mental_health")

    def __str__(self) -> str:
        return "Mental health"


class SubstanceMisuse(Need):
    """A need because of alcohol or drugs."""

    intervention_type = code("substance_misuse_intervention_type", "kind of help")

    class Meta(Need.Meta):
        verbose_name = verbose_name_plural = "substance misuse"
        constraints = need_is_whole("substance_misuse")

    def __str__(self) -> str:
        return "Substance misuse"


class PartnerReferral(AboutChild):
    """A child referred to a partner and what became of it. Neither accepted nor declined: no answer yet."""

    partner_kind = code("partner_kind", "kind of partner", required=True)
    partner = models.CharField("which partner", max_length=120, blank=True)
    date_referred = models.DateField("referred")
    date_accepted = day("accepted")
    date_declined = day("declined")
    decline_reason = code("decline_reason", "why it was declined")
    date_first_seen = day("first seen")
    date_ended = day("ended")

    class Meta:
        ordering = ["-date_referred", "-id"]
        verbose_name = "partner referral"
        constraints = [
            in_error_is_whole("partner_referral_in_error_is_whole"),
            in_order("partner_accepted_not_before_referred", "date_referred", "date_accepted"),
            in_order("partner_declined_not_before_referred", "date_referred", "date_declined"),
            in_order("partner_seen_not_before_referred", "date_referred", "date_first_seen"),
            in_order("partner_ended_not_before_referred", "date_referred", "date_ended"),
            not_both("partner_accepted_or_declined", "date_accepted", "date_declined"),
            not_both("partner_seen_or_declined", "date_first_seen", "date_declined"),
        ]

    def __str__(self) -> str:
        return self.partner or self.get_partner_kind_display()


class ParentingIntervention(AboutChild):
    """Support for the child's parents or carers."""

    parenting_intervention_type = code("parenting_intervention_type", "kind of support", required=True)
    description = models.CharField("in our own words", max_length=300, blank=True)
    date_referred = day("referred")
    start_date = day("from")
    end_date = day("until")
    sessions_planned = models.PositiveSmallIntegerField(null=True, blank=True)
    sessions_attended = models.PositiveSmallIntegerField(null=True, blank=True)
    engagement_level = code("engagement_level", "how far they took part")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="parenting_interventions"
    )

    class Meta:
        ordering = [F("start_date").desc(nulls_first=True), "-id"]
        verbose_name = "parenting support"
        verbose_name_plural = "parenting support"
        constraints = [
            in_error_is_whole("parenting_in_error_is_whole"),
            any_day("parenting_says_something", "date_referred", "start_date"),
            in_order("parenting_dates_in_order", "start_date", "end_date"),
            needs("parenting_what_ended_has_begun", "start_date", "end_date"),
            models.CheckConstraint(
                condition=(Q(sessions_planned=None) | Q(sessions_planned__lte=MOST_SESSIONS))
                & (Q(sessions_attended=None) | Q(sessions_attended__lte=MOST_SESSIONS)),
                name="parenting_sessions_are_few",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.get_parenting_intervention_type_display()
