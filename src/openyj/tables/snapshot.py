"""A set of case-level tables frozen in a folder, with a manifest that says what it is and proves it unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openyj.tables.case_tables import CaseTables
from openyj.tables.contents import BY_NAME
from openyj.tables.folder import in_order, read_folder, write_folder
from openyj.tables.mappings import shipped

MANIFEST = "manifest.json"
FORMAT = 1


class Tampered(Exception):
    """A snapshot is not as it was frozen. The message says what differs."""


@dataclass(frozen=True)
class Frozen:
    """One table of a snapshot: how many rows, and the SHA-256 of its file."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a snapshot is: when it was taken, what day it speaks of, from where, by which code, with which
    mappings (``shipped`` or ``supplied``) and populations."""

    taken_at: datetime
    as_of: date
    source: str
    code_version: str
    mappings: Mapping[str, str]
    populations: tuple[Mapping[str, Any], ...]
    tables: Mapping[str, Frozen]

    def as_json(self) -> str:
        held = asdict(self) | {"format": FORMAT, "taken_at": self.taken_at.isoformat(), "as_of": str(self.as_of)}
        return json.dumps(held, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        held = json.loads(text)
        if held.pop("format") != FORMAT:
            raise ValueError(f"Only format {FORMAT} is known")
        held["taken_at"] = datetime.fromisoformat(held["taken_at"])
        held["as_of"] = date.fromisoformat(held["as_of"])
        held["populations"] = tuple(held["populations"])
        held["tables"] = {name: Frozen(**frozen) for name, frozen in held["tables"].items()}
        return cls(**held)

    @property
    def digest(self) -> str:
        """The SHA-256 of the manifest, and through its hashes of everything frozen. Kept elsewhere, it shows
        a change even of the manifest itself."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()


@dataclass(frozen=True)
class Snapshot:
    """Frozen tables and what they are."""

    tables: CaseTables
    manifest: Manifest


def freeze(
    tables: CaseTables, folder: str | Path, *, taken_at: datetime, as_of: date, source: str, code_version: str
) -> Manifest:
    """Freeze the tables into an empty or new folder and say what was frozen.

    The caller gives the time (with its zone) and the day the tables speak of; no clock is read here. The
    manifest is written last, so a folder whose writing was cut off is no snapshot.
    """
    if taken_at.tzinfo is None:
        raise ValueError("Give the time with its time zone")
    folder = Path(folder)
    if (folder / MANIFEST).exists():
        raise FileExistsError(f"{folder} already holds a snapshot. Name an empty folder")
    paths = write_folder(tables, folder)
    manifest = Manifest(
        taken_at=taken_at,
        as_of=as_of,
        source=source,
        code_version=code_version,
        mappings=mappings_used(tables),
        populations=populations_used(tables),
        tables={path.stem: Frozen(len(tables[path.stem]), sha256(path)) for path in paths},
    )
    (folder / MANIFEST).write_text(manifest.as_json(), encoding="utf-8")
    return manifest


def open_snapshot(
    folder: str | Path, digest: str | None = None, only: Mapping[str, Collection[str]] | None = None
) -> Snapshot:
    """The snapshot in a folder, every file checked against the manifest, also of tables that ``only`` leaves unread.

    ``digest`` is the manifest's own, where the caller kept it. Raises Tampered saying what differs,
    FileNotFoundError when there is no manifest.
    """
    folder = Path(folder)
    path = folder / MANIFEST
    if not path.is_file():
        raise FileNotFoundError(f"{folder} holds no {MANIFEST}, so it is no snapshot, or one that was cut off")
    try:
        manifest = Manifest.from_json(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError) as reason:
        raise Tampered(f"{path} cannot be read as a manifest: {reason}") from reason
    wrong = list(differences(folder, manifest))
    if digest is not None and digest != manifest.digest:
        wrong.insert(0, f"{MANIFEST} is not the one that was written")
    if wrong:
        raise Tampered(f"The snapshot {folder} is not as it was frozen: {'; '.join(wrong)}. Take it from a backup")
    return Snapshot(read_folder(folder, only), manifest)


def differences(folder: Path, manifest: Manifest) -> list[str]:
    wrong = []
    for name, frozen in manifest.tables.items():
        path = folder / f"{name}.parquet"
        if not path.is_file():
            wrong.append(f"{path.name} is missing")
        elif sha256(path) != frozen.sha256:
            wrong.append(f"{path.name} was changed")
    here = {path.name for path in folder.iterdir() if path.stem in BY_NAME}
    wrong += [f"{name} was added" for name in sorted(here - {f"{name}.parquet" for name in manifest.tables})]
    return wrong


def mappings_used(tables: CaseTables) -> dict[str, str]:
    return {
        name: "shipped" if in_order(BY_NAME[name], own).equals(in_order(BY_NAME[name], tables[name])) else "supplied"
        for name, own in shipped().items()
        if name in tables
    }


def populations_used(tables: CaseTables) -> tuple[dict[str, Any], ...]:
    """Each source of population estimates with its years and how many services it speaks of."""
    if "population" not in tables:
        return ()
    sources: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for row in tables["population"].to_pylist():
        sources.setdefault((row["source"], row["invented"]), []).append(row)
    return tuple(
        {
            "source": source,
            "invented": invented,
            "years": sorted({row["year"] for row in rows}),
            "services": len({row["service"] for row in rows}),
        }
        for (source, invented), rows in sorted(sources.items())
    )


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
