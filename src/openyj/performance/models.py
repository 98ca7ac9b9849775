"""The names of figures: a short code that stays the same in print, on screen and in the Plan."""

from __future__ import annotations

import secrets

from django.db import models

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission
from openyj.measures.quarters import SPANS

# No letter or digit that is taken for another in print or on the telephone (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V),
# and no vowel, so that no code is a word.
CODE_ALPHABET = "3479CDFGHJKMNPQRTVWXY"
CODE_LENGTH = 6


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class FigureQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> FigureQuerySet:
        """The figures of the user's service, for those who may look at figures."""
        if not user.may(Permission.SEE_FIGURES):
            return self.none()
        return self.filter(service=user.service_id)


class Figure(models.Model):
    """What a number speaks of, under a code. Not the number: that is worked out from the record or a snapshot."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60)
    show = models.CharField(max_length=40)
    span = models.CharField(max_length=20, choices=[(span, span.replace("_", " ")) for span in SPANS])
    period = models.CharField(max_length=10, help_text="2023Q4, or 2023/24 for a financial year")
    where = models.JSONField(default=dict, blank=True, help_text="The group it is about, such as a locality")
    edition = models.CharField(max_length=20)
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "show", "span", "period", "id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "service"], name="figure_and_service"),
            models.UniqueConstraint(
                fields=["service", "measure", "show", "span", "period", "where", "edition"], name="figure_named_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code
