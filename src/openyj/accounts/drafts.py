"""Keeping what a person types until it is saved: a time-out, a lost connection or a killed server loses nothing."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from openyj.accounts.models import Draft, User

NOT_KEPT = {"csrfmiddlewaretoken", "receipt"}
LARGEST = 400_000  # characters: a Plan's section fits many times over


def keep_draft(*, user: User, path: str, fields: QueryDict) -> Draft | None:
    """Keep the fields of the form at `path` for `user`, replacing what was kept. Passwords are never kept, nor null
    bytes, which PostgreSQL does not hold."""
    kept = {
        k.replace("\x00", ""): [v.replace("\x00", "") for v in vs]
        for k, vs in fields.lists()
        if k not in NOT_KEPT and "password" not in k
    }
    if not any(any(values) for values in kept.values()) or sum(len(v) for vs in kept.values() for v in vs) > LARGEST:
        return None
    draft, _ = Draft.objects.update_or_create(user=user, path=path[:300], defaults={"fields": kept})
    return draft


def is_ours(path: str) -> bool:
    """Whether `path` may be an address of this site; another's, or one with a null byte, is none."""
    return path.startswith("/") and "\x00" not in path and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def draft_for(request: HttpRequest) -> Draft | None:
    """What this person typed into the form at this address and did not save, if anything."""
    return Draft.objects.filter(user=request.user, path=request.path[:300]).first()


def drafted_fields(request: HttpRequest) -> QueryDict | None:
    """The draft of this address as form data, or None."""
    draft = draft_for(request)
    if draft is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data


def drop_draft(request: HttpRequest) -> None:
    """Forget the draft of this address, because it was saved or thrown away."""
    Draft.objects.filter(user=request.user, path=request.path[:300]).delete()
