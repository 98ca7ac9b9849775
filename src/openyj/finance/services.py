"""Writing what partners gave. A whole year's table is saved at once, under one version."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from openyj.accounts.models import Service, User
from openyj.accounts.versions import save_version
from openyj.finance.models import Contribution, FinancialYear, MoneyFigure, Partner, PartnerNote

Cell = tuple[int, str]  # a partner's id and a stream

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I or O: codes are read off paper
FIRST_EVER = 1998  # the Crime and Disorder Act 1998 made the statutory partners
TAKEN_OUT = "Taken out of the year's table"


class AlreadyThere(ValueError):
    """What was to be added exists. The text says so to the person."""


@transaction.atomic
def start_year(*, service: Service, starts: int, by: User) -> FinancialYear:
    """Open a year for entry. A service without partners gets the usual ones, to rename or end as it likes."""
    try:
        with transaction.atomic():
            year = FinancialYear.objects.create(service=service, starts=starts)
    except IntegrityError:
        raise AlreadyThere("This year has been started already. Choose it from the list.") from None
    if not Partner.objects.filter(service=service).exists():
        Partner.objects.bulk_create(
            Partner(service=service, name=kind.label, kind=kind, first_year=FIRST_EVER, order=n)
            for n, kind in enumerate(Partner.Kind, 1)
        )
    return year


@transaction.atomic
def add_partner(*, service: Service, name: str, kind: str, first_year: int, last_year: int | None, by: User) -> Partner:
    """Add someone who contributes, from `first_year` on."""
    order = 1 + (
        Partner.objects.filter(service=service).order_by("-order").values_list("order", flat=True).first() or 0
    )
    try:
        with transaction.atomic():
            return Partner.objects.create(
                service=service, name=name, kind=kind, first_year=first_year, last_year=last_year, order=order
            )
    except IntegrityError:
        raise AlreadyThere(f"There is a partner called {name} already. Change that one instead.") from None


@transaction.atomic
def change_partner(*, partner: Partner, version: int, by: User, **changes: object) -> Partner:
    """Rename a partner, say what they count as, or end them after a year. Refuses to end them before their money."""
    last = changes.get("last_year")
    first = changes.get("first_year", partner.first_year)
    given = partner.contributions.standing()
    if given.filter(year__starts__lt=first).exists() or (last and given.filter(year__starts__gt=last).exists()):
        raise AlreadyThere("This partner has contributions outside those years. Choose years that include them.")
    try:
        with transaction.atomic():
            return save_version(partner, version=version, changes=changes)
    except IntegrityError:
        raise AlreadyThere("Another partner has that name. Choose a different name.") from None


@transaction.atomic
def record_contributions(
    *,
    year: FinancialYear,
    version: int,
    amounts: Mapping[Cell, Decimal | None],
    notes: Mapping[int, str],
    by: User,
) -> FinancialYear:
    """Make the year's table say `amounts` and `notes`. What is now empty is marked as recorded in error, kept.

    A cell that is not named is left alone. Raises ChangedUnderneath when the table was saved since it was read.
    """
    now = timezone.now()
    year = save_version(year, version=version, changes={"changed_at": now, "changed_by": by})
    error = {"in_error_at": now, "in_error_by": by, "in_error_reason": TAKEN_OUT}
    standing = {(c.partner_id, c.stream): c for c in Contribution.objects.standing().filter(year=year)}
    for (partner, stream), amount in amounts.items():
        there = standing.get((partner, stream))
        if there and amount is None:
            save_version(there, version=there.version, changes=error)
        elif there and there.amount != amount:
            save_version(there, version=there.version, changes={"amount": amount})
        elif not there and amount is not None:
            Contribution.objects.create(
                service_id=year.service_id, year=year, partner_id=partner, stream=stream, amount=amount, recorded_by=by
            )
    said = {n.partner_id: n for n in PartnerNote.objects.standing().filter(year=year)}
    for partner, text in notes.items():
        note = said.get(partner)
        if note and not text:
            save_version(note, version=note.version, changes=error)
        elif note and note.text != text:
            save_version(note, version=note.version, changes={"text": text})
        elif not note and text:
            PartnerNote.objects.create(
                service_id=year.service_id, year=year, partner_id=partner, text=text, recorded_by=by
            )
    return year


@transaction.atomic
def name_money_figure(
    *,
    year: FinancialYear,
    partner: Partner | None = None,
    stream: str = "",
    shows: str = MoneyFigure.Shows.AMOUNT,
    by: User | None = None,
) -> MoneyFigure:
    """The figure for a sum of the year's table, with its code; the same sum always has the same code.

    The code is M and six characters, one longer than a measured figure's, so the two can never be mistaken.
    """
    figure, _made = MoneyFigure.objects.get_or_create(
        service_id=year.service_id,
        year=year,
        partner=partner,
        stream=stream,
        shows=shows,
        defaults={"code": "M" + "".join(secrets.choice(ALPHABET) for _ in range(6)), "named_by": by},
    )
    return figure
