"""Keeping a file."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Sequence
from hashlib import sha256

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from openyj.accounts.models import Service, User
from openyj.files.examine import Examined, examine
from openyj.files.kinds import Kind
from openyj.files.models import LANGUAGE, StoredFile

LONGEST = StoredFile._meta.get_field("name").max_length
THUMBNAIL = "-small"


def keep(upload: UploadedFile, *, service: Service, by: User | None) -> StoredFile:
    """Look at an uploaded file and keep it for `service`. Raises ValidationError, saying what to do, when it is too
    large, empty, dangerous, not what is kept, or the virus scanner refused it or did not answer."""
    return store(examine(upload), name=upload.name or "", service=service, by=by)


def store(found: Examined, *, name: str, service: Service, by: User | None) -> StoredFile:
    """Keep an examined file. Its bytes are written first: a file named by the record is always there."""
    key = f"{service.pk}/{uuid.uuid4().hex}"
    kept = storages["files"]
    kept.save(key, ContentFile(found.content))
    if found.thumbnail is not None:
        kept.save(key + THUMBNAIL, ContentFile(found.thumbnail))
    called = safe_name(name, found.kind)
    return StoredFile.objects.create(
        service=service,
        key=key,
        name=called,
        kind=found.kind.name,
        size=len(found.content),
        digest=sha256(found.content).hexdigest(),
        text=f"{words_of(called)}\n{found.text}",
        has_thumbnail=found.thumbnail is not None,
        added_by=by,
    )


def safe_name(name: str, kind: Kind) -> str:
    """A file's name without folders, control characters and tricks of direction, with the ending of what it is."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name)
    stem = re.sub(r"\s+", " ", name).strip()
    endings = (kind.ending, ".jpeg") if kind.ending == ".jpg" else (kind.ending,)
    while stem.lower().endswith(endings):
        stem = stem[: stem.rindex(".")].rstrip(" .")
    stem = stem.strip(" .")
    return (stem[: LONGEST - len(kind.ending)] or "file") + kind.ending


def words_of(name: str) -> str:
    """The words of a file's name. PostgreSQL would take "bail-letter.txt" for one word, the address of a machine."""
    return re.sub(r"[\W_]+", " ", name).strip()


def search(rows: QuerySet, text: str, *, path: str = "stored", also: Sequence[str] = ()) -> QuerySet:
    """The rows whose file (at `path`) holds the words of `text`, in any order, in its name, its text or the columns
    `also` names. Words are found in other forms too: "attends" finds "attended"."""
    vector = SearchVector(f"{path}__text", *also, config=LANGUAGE)
    return rows.annotate(words=vector).filter(words=SearchQuery(text, config=LANGUAGE, search_type="websearch"))
