"""Giving a file out: as what it was found to be, and so that a browser does nothing with it but show or save it."""

from __future__ import annotations

from urllib.parse import quote

from django.core.files.storage import storages
from django.http import Http404, HttpResponse

from openyj.files.models import StoredFile
from openyj.files.services import THUMBNAIL


def send(stored: StoredFile) -> HttpResponse:
    """The file: a picture to look at, anything else to save. The caller has made sure that this person may."""
    how = "inline" if stored.what.picture else "attachment"
    return answer(stored.key, stored.what.media_type, f"{how}; filename*=UTF-8''{quote(stored.name)}")


def send_thumbnail(stored: StoredFile) -> HttpResponse:
    """The small picture. Raises Http404 where the file has none."""
    if not stored.has_thumbnail:
        raise Http404
    return answer(stored.key + THUMBNAIL, "image/jpeg", "inline")


def answer(key: str, media_type: str, disposition: str) -> HttpResponse:
    with storages["files"].open(key) as content:
        response = HttpResponse(content.read(), content_type=media_type)
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    # Whatever a file holds, it runs nothing, loads nothing and knows nothing of who looks at it.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
