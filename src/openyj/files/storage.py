"""Files kept in the database, so that one backup holds everything and row-level security guards their bytes too."""

from __future__ import annotations

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from openyj.files.models import FileContent


class DatabaseStorage(Storage):
    """A Django storage on the table of file contents. A name begins with the number of the service it belongs to."""

    def _open(self, name: str, mode: str = "rb") -> File:
        found = FileContent.objects.filter(key=name).first()
        if found is None:
            raise FileNotFoundError(name)
        return ContentFile(bytes(found.content), name=name)

    def _save(self, name: str, content: File) -> str:
        service, _, _ = name.partition("/")
        FileContent.objects.create(service_id=int(service), key=name, content=content.read())
        return name

    def exists(self, name: str) -> bool:
        return FileContent.objects.filter(key=name).exists()
