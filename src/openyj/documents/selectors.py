"""Finding what a printed code stands for, and what documents said by it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from openyj.accounts.models import User
from openyj.documents.models import Rendition, RenditionValue
from openyj.finance.models import MoneyFigure
from openyj.finance.selectors import figure_by_code
from openyj.performance.figures import Figure, find_figure


def find_by_code(user: User, code: str) -> str | None:
    """The page of a code as somebody typed it from paper, if it is one this user may see; None otherwise.

    A code that a frozen version printed opens what that version said beside what it says now; any other measured
    figure opens its evidence at once.
    """
    found = figure_of(user, code)
    if found is None:
        return None
    if isinstance(found, Figure) and not said_in(user, found.code):
        return reverse("performance:evidence", args=[found.code])
    return reverse("documents:figure", args=[found.code])


def figure_of(user: User, code: str) -> Figure | MoneyFigure | None:
    code = "".join(code.split()).upper()
    return find_figure(user, code) or figure_by_code(user, code)


def addresses_of(codes: Iterable[str]) -> dict[str, str]:
    """Where the evidence of each code of a live text is."""
    return {code: reverse("documents:figure", args=[code]) for code in codes}


def frozen_addresses_of(rendition_id: int, codes: Iterable[str]) -> dict[str, str]:
    """Where the evidence of each code of a rendition is: what it said then."""
    return {code: reverse("documents:frozen_figure", args=[rendition_id, code]) for code in codes}


def said_in(user: User, code: str) -> list[RenditionValue]:
    """What frozen versions this user may read said by a code, newest first."""
    renditions = Rendition.objects.visible_to(user).frozen()
    found = RenditionValue.objects.filter(rendition__in=renditions, code=code, key__startswith="figure")
    return list(found.select_related("rendition").order_by("-rendition__made_at"))
