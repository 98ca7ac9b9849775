"""What every fact about a child has in common: whose it is, who recorded it, and whether it was recorded in error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from openyj.accounts.models import Service, User, Versioned
from openyj.accounts.roles import Permission

if TYPE_CHECKING:
    from openyj.people.models import Child


class RecordQuerySet(models.QuerySet):
    def standing(self):
        """Leave out what was recorded in error."""
        return self.filter(in_error_at=None)


class Recorded(Versioned):
    """A fact with who recorded it and when. A mistake is marked as recorded in error, never deleted."""

    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    in_error_at = models.DateTimeField(null=True, blank=True)
    in_error_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    in_error_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        return self.in_error_at is None


def in_error_is_whole(name: str) -> models.CheckConstraint:
    """Recorded in error means with a time and a reason, or not at all."""
    return models.CheckConstraint(
        condition=Q(in_error_at=None, in_error_reason="") | (Q(in_error_at__isnull=False) & ~Q(in_error_reason="")),
        name=name,
    )


class OfChildQuerySet(RecordQuerySet):
    """Rows about children, which say in `visible_to` who sees them."""

    def of(self, child: Child, user: User):
        """The rows about this child, if `user` may see them. A page of the record settles that once, when it gets the
        child (`people.access.get_child`), and asks it of each kind of fact no more."""
        rows = self.filter(child=child)
        return rows if child.reached_by == user.pk else rows.visible_to(user)


class AboutChildQuerySet(OfChildQuerySet):
    def visible_to(self, user: User, permission: Permission = Permission.SEE_CHILDREN):
        """The rows about children `user` may see. Every page's read of a child's facts goes through this word."""
        from openyj.people.models import within_reach

        return self.filter(within_reach(user, permission, path="child"))


class AboutChild(Recorded):
    """A fact about one child of one service. The database refuses a child and service that do not belong together."""

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="%(class)ss")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")

    objects = AboutChildQuerySet.as_manager()
    path_to_child = "child"

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if self.service_id is None:
            self.service_id = self.child.service_id
        super().save(*args, **kwargs)
