"""Taking snapshots."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, ZipFile

import openyj
from openyj.accounts.models import Service, User
from openyj.caselevel.live import tables_of
from openyj.caselevel.models import Snapshot
from openyj.core import clock
from openyj.tables.snapshot import Manifest, freeze


def take_snapshot(*, service: Service, by: User | None, reason: str) -> Snapshot:
    """Freeze the tables behind the service's figures as they are now; `reason` says what for.

    A snapshot of today that holds the very same rows is used again, because it is the same thing."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        manifest = freeze(
            tables_of(service),
            folder,
            taken_at=clock.now(),
            as_of=clock.today(),
            source=f"the live record of {service.name}",
            code_version=openyj.__version__,
        )
        content = content_of(manifest)
        same = Snapshot.objects.filter(service=service, content=content, as_of=manifest.as_of).first()
        if same:
            return same
        return Snapshot.objects.create(
            service=service,
            taken_at=manifest.taken_at,
            as_of=manifest.as_of,
            taken_by=by,
            reason=reason,
            content=content,
            digest=manifest.digest,
            manifest_text=manifest.as_json(),
            archive=packed(folder),
        )


def content_of(manifest: Manifest) -> str:
    """One hash of all the rows: the same facts by the same code give the same."""
    parts = [manifest.code_version, *(f"{name} {frozen.sha256}" for name, frozen in sorted(manifest.tables.items()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def packed(folder: Path) -> bytes:
    """The folder's files as one archive, not compressed again: Parquet is compressed already."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_STORED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return data.getvalue()
