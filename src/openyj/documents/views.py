"""A figure's own page by its code, what a frozen version said by it, and files as they were handed out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from openyj.accounts.access import log, signed_in
from openyj.accounts.models import Access
from openyj.core.components import Row
from openyj.documents.figures import Figures, Said
from openyj.documents.models import MEDIA_TYPES, Rendition, RenditionFile, RenditionValue
from openyj.documents.selectors import figure_of, said_in
from openyj.finance.models import MoneyFigure
from openyj.performance.figures import Figure

FACTS = {
    "numerator": "Numerator",
    "denominator": "Denominator",
    "interval": "95% interval",
    "method": "How the interval was worked out",
    "state": "State then",
    "edition": "Edition of the definition",
}


@signed_in
@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """What a code speaks of, what it says now, and what frozen documents said by it."""
    found = figure_of(request.user, code)
    if found is None:
        raise Http404
    said = live(request, found.code)
    return render(
        request,
        "documents/figure.html",
        {"code": found.code, "said": said, "evidence": evidence_of(found), "frozen": said_in(request.user, found.code)},
    )


def live(request: HttpRequest, code: str) -> Said:
    figures = Figures.live(request.user.service)
    figures.know([code])
    return figures.figure(code)


def evidence_of(found) -> str:
    """The page that shows how the figure is made."""
    if isinstance(found, MoneyFigure):
        return found.get_absolute_url()
    return reverse("performance:evidence", args=[found.code])


@signed_in
@require_safe
def frozen_figure(request: HttpRequest, rendition_id: int, code: str) -> HttpResponse:
    """What a rendition said by a code, on which facts, and what the same code says now."""
    rendition = get_object_or_404(
        Rendition.objects.visible_to(request.user).select_related("snapshot"), pk=rendition_id
    )
    values = list(RenditionValue.objects.filter(rendition=rendition, code=code.upper()))
    if not values:
        raise Http404
    found = figure_of(request.user, code)
    now = live(request, found.code) if found else None
    context = {
        "rendition": rendition,
        "code": code.upper(),
        "values": [(value, facts_of(value)) for value in values],
        "now": now,
        "differs": now is not None and any(v.key.startswith("figure") and v.said != now.text for v in values),
        "evidence": f"{evidence_of(found)}?snapshot={rendition.snapshot_id}" if isinstance(found, Figure) else "",
    }
    return render(request, "documents/frozen_figure.html", context)


def facts_of(value: RenditionValue) -> list[Row]:
    return [Row(label, value.facts[key]) for key, label in FACTS.items() if value.facts.get(key) is not None]


@signed_in
@require_safe
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    """A file, byte for byte as it was first handed out. Each time is logged."""
    readable = Rendition.objects.visible_to(request.user)
    found = get_object_or_404(RenditionFile.objects.select_related("rendition"), pk=file_id, rendition__in=readable)
    log(request, Access.Kind.EXPORT)
    response = HttpResponse(bytes(found.content), content_type=MEDIA_TYPES[found.format])
    rendition = found.rendition
    ending = f"version-{rendition.number}" if rendition.is_frozen else f"draft-{rendition.made_at:%Y-%m-%d}"
    name = f"{slugify(rendition.title)}-{ending}.{found.format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
