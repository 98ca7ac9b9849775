"""Files that hang on something: a child's record, an action. What hangs says who may; the file is kept and given out as
`openyj.files` does."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.files.models import StoredFile
from openyj.files.services import keep, search
from openyj.people.record import Recorded


class KeptFile(Recorded):
    """A file with what it is and the date on it. Recorded in error, it can no longer be opened. The model of what it
    hangs on gives its addresses: `get_absolute_url`, `open_url`, `small_url`."""

    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="file")
    title = models.CharField("what it is", max_length=120)
    dated = models.DateField("date on it", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


def keep_file(
    model: type[KeptFile],
    *,
    service: Service,
    by: User,
    file: UploadedFile,
    title: str,
    dated: date | None,
    **hangs_on: Any,
) -> KeptFile:
    """Keep a file on what `hangs_on` names. Refuses a file that may not be kept, saying what to do."""
    with acting(by=by):
        try:
            stored = keep(file, service=service, by=by)
        except ValidationError as refused:
            raise ValidationError({"file": refused.messages}) from refused
        return model.objects.create(
            service=service, stored=stored, title=title, dated=dated, recorded_by=by, **hangs_on
        )  # fmt: skip


def as_listed(rows: QuerySet) -> QuerySet:
    """Rows of files with what a list shows of them, without the text they are found by."""
    return rows.select_related("stored", "recorded_by", "in_error_by").defer("stored__text")


def standing_or_404(rows: QuerySet, pk: int) -> StoredFile:
    """The kept file; Http404 for one that is not among these rows, or that was recorded in error: it may be about
    somebody else."""
    row = rows.standing().filter(pk=pk).first()
    if row is None:
        raise Http404
    return row.stored


def asked_words(request: HttpRequest) -> str:
    """What a person looks for in files."""
    return request.GET.get("q", "").strip()[:120]


def holding(rows: QuerySet, words: str) -> QuerySet:
    """The files that hold these words, in their text, their name or their title."""
    return search(rows, words, also=["title"])
