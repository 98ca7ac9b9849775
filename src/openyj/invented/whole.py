"""A folder that is written whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A folder to write in, which becomes ``folder`` when all is written and vanishes when anything fails.

    Raises FileExistsError unless ``folder`` is new or empty. A process killed meanwhile leaves a folder whose name
    says that it was being written, and nothing at ``folder``."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is in use. Name an empty folder or a new one")
    # Beside a new folder; inside one that is there, which may be a mount or where the person stands.
    aside = folder / ".being-written" if folder.exists() else folder.with_name(f".{folder.name}.being-written")
    if aside.exists():
        raise FileExistsError(f"{aside} is there: another run is writing, or was cut off. Remove it if none is")
    aside.mkdir(parents=True)
    try:
        yield aside
        if aside.parent == folder:
            for path in sorted(aside.iterdir()):
                path.rename(folder / path.name)
            aside.rmdir()
        else:
            aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
