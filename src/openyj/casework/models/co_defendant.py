"""Co-defendants: who else is said to have done an offence. See decision 0036."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from openyj.casework.models.offence import Offence
from openyj.people.models import Person
from openyj.people.record import AboutChild, in_error_is_whole


class CoDefendant(AboutChild):
    """One offence of a child was done together with somebody else, as this child's record knows it.

    `person` is who. For another child of the service it is the person of their record, and `name` is empty, so that the
    name is read only by who may read that record; their record has a row of its own, and `together` is the same in
    both. For somebody not known here it is a person of their own, with the name or without one.
    """

    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="co_defendants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    together = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, blank=True)
    source = models.CharField("how it is known", max_length=200, blank=True)

    class Meta:
        ordering = ["offence", "id"]
        verbose_name = "co-defendant"
        constraints = [
            in_error_is_whole("co_defendant_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["offence", "person"], condition=Q(in_error_at=None), name="co_defendant_once"
            ),
        ]
        indexes = [
            models.Index(fields=["child"], name="co_defendant_of_child"),
            models.Index(fields=["together"], name="co_defendant_together"),
        ]

    def __str__(self) -> str:
        """Never a name: this is said on pages that do not ask who reads."""
        return f"Co-defendant: {self.offence}"

    def get_absolute_url(self) -> str:
        return reverse("casework:co_defendant", args=[self.child_id, self.pk])
