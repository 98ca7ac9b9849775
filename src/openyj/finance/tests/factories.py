"""Years and amounts made through the services, as a person would make them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.finance import services
from openyj.finance.models import FinancialYear, Partner


def make_year(*, by: User, starts: int, amounts: Mapping[str, Mapping[str, object]], notes=()) -> FinancialYear:
    """A started year of `by`'s service with these amounts: {what the partner counts as: {stream: pounds}}."""
    with acting(by=by):
        year = services.start_year(service=by.service, starts=starts, by=by)
        partners = {p.kind: p.pk for p in Partner.objects.filter(service=by.service)}
        cells = {
            (partners[kind], stream): Decimal(str(amount))
            for kind, row in amounts.items()
            for stream, amount in row.items()
        }
        remarks = {partners[kind]: text for kind, text in dict(notes).items()}
        return services.record_contributions(year=year, version=year.version, amounts=cells, notes=remarks, by=by)
