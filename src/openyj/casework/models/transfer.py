"""Transfers: moves to and from other services."""

from __future__ import annotations

from django.db import models

from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole


class Transfer(AboutChild):
    """A child's move to or from another service."""

    transfer_date = models.DateField("date of the transfer")
    description = models.CharField(max_length=300, null=True, blank=True)

    class Meta:
        ordering = ["-transfer_date", "-id"]
        constraints = [in_error_is_whole("transfer_in_error_is_whole")]

    def __str__(self) -> str:
        return f"Transfer of {say_date(self.transfer_date)}"
