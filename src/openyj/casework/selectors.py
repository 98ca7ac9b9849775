"""What the pages about casework read."""

from __future__ import annotations

from django.db.models import BigIntegerField, DateField, Exists, OuterRef, Prefetch, Q, QuerySet

from openyj.accounts.models import User
from openyj.casework.models import (
    Custody,
    FirstContact,
    Hearing,
    Offence,
    Outcome,
    PoliceBail,
    PoliceBailOffence,
    Programme,
    ProgrammeOffence,
    Transfer,
)
from openyj.core import clock
from openyj.core.worded import worded
from openyj.people.models import Child
from openyj.people.selectors import told


def offences_of(child: Child, user: User) -> QuerySet[Offence]:
    """A child's offences with what was decided on each, latest first; what was recorded in error too, to be struck."""
    decided = Outcome.objects.of(child, user).select_related("legal_outcome", "in_error_by")
    rows = Offence.objects.of(child, user).select_related("in_error_by")
    return rows.prefetch_related(Prefetch("outcomes", decided, to_attr="decided"))


def hearings_of(child: Child, user: User) -> QuerySet[Hearing]:
    """A child's hearings, latest first."""
    return Hearing.objects.of(child, user).select_related("in_error_by")


def police_bails_of(child: Child, user: User) -> QuerySet[PoliceBail]:
    """A child's police bail with the offences it is for, latest first."""
    links = PoliceBailOffence.objects.standing().select_related("offence")
    rows = PoliceBail.objects.of(child, user).select_related("in_error_by")
    return rows.prefetch_related(Prefetch("links", links, to_attr="is_for"))


def first_contacts_of(child: Child, user: User) -> QuerySet[FirstContact]:
    """A child's first contacts after outcomes, latest first."""
    rows = FirstContact.objects.of(child, user)
    return rows.select_related("outcome__legal_outcome", "in_error_by")


def programmes_of(child: Child, user: User) -> QuerySet[Programme]:
    """A child's programmes with the offences they answer to, latest first."""
    links = ProgrammeOffence.objects.standing().select_related("offence")
    rows = Programme.objects.of(child, user).select_related("disposal_type", "in_error_by")
    rows = rows.annotate(estimated=start_is_estimated())
    return rows.prefetch_related(Prefetch("links", links, to_attr="answers_to"))


def start_is_estimated() -> Exists:
    """The condition that a programme is a licence whose start no establishment has written yet: it has not begun until
    somebody says so."""
    return Exists(Custody.objects.standing().filter(licence_programme=OuterRef("pk"), release_on=None))


def transfers_of(child: Child, user: User) -> QuerySet[Transfer]:
    """A child's transfers, latest first."""
    return Transfer.objects.of(child, user).select_related("in_error_by")


def running_programmes(child: Child, user: User) -> list[Programme]:
    """Programmes that have begun and not ended today."""
    return told(running_on, child, user, today=clock.today())


@worded(child=BigIntegerField(), today=DateField())
def running_on(*, child, today):
    """Programmes that have begun and not ended on a day."""
    rows = Programme.objects.standing().filter(~start_is_estimated(), child=child, start_date__lte=today)
    return rows.filter(Q(end_date=None) | Q(end_date__gte=today)).select_related("disposal_type")


@worded(child=BigIntegerField())
def last_outcomes(*, child):
    """The last three outcomes."""
    return Outcome.objects.standing().filter(child=child).select_related("legal_outcome", "offence")[:3]
