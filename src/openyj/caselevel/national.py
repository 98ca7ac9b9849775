"""Building the national snapshot: every service's record, read, frozen, measured and published in one commit.

snapshot = build(by=user, tell=tell)     # tell(2, 6, FREEZE): two of six steps are begun, and what the second does
latest()                                 # what every national page reads

A reader sees the last whole snapshot until the next is committed; nothing a build does is seen before, and a build that
is killed leaves nothing behind. One is built at a time.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from django.db import connection, transaction
from pyarrow import parquet

import openyj
from openyj import measures
from openyj.accounts.models import User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel.beside import BESIDE
from openyj.caselevel.live import tables_of
from openyj.caselevel.models import NationalFigures, NationalSnapshot, NationalTable
from openyj.caselevel.national_figures import Benches, as_bytes, figures_of, from_bytes
from openyj.caselevel.returned import Told, told
from openyj.caselevel.together import together
from openyj.core import clock
from openyj.jobs.declaring import CannotBeDone
from openyj.tables import CaseTables
from openyj.tables.snapshot import Manifest, Tampered, freeze

KEPT = 2  # snapshots whose tables and figures are kept: the one that is read, and the one before it
LOCK = 727_002  # of the database's advisory locks, the number of this build
READ, FREEZE = "steps: reading every record", "steps: freezing the tables"
MEASURE, PUBLISH = "steps: working out the figures", "steps: checking and publishing"
WORDS = (READ, FREEZE, MEASURE, PUBLISH)


class AlreadyBuilding(CannotBeDone):
    """Another build is under way; its result will be as new as this one's would have been."""

    words = "A national snapshot is being built already. What comes of it will be as new as this would have been."


Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Built:
    """What a build has made and not yet published."""

    taken_at: datetime
    as_of: date
    manifest: Manifest
    services: list[Told]
    tables: dict[str, bytes]
    figures: dict[str, bytes]


def latest() -> NationalSnapshot | None:
    """The snapshot that is read: the newest that was published whole."""
    return NationalSnapshot.objects.first()


@transaction.atomic
def build(*, by: User | None, tell: Tell = lambda number, of, words: None) -> NationalSnapshot:
    """Read, freeze, measure, check and publish, in one transaction. Raises AlreadyBuilding; whatever else it raises,
    the last snapshot stays the one that is read."""
    with connection.cursor() as cursor:
        # Let go of by the database when this transaction ends, however it ends.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadyBuilding
    begun = time.monotonic()
    built = made(tell)
    tell(steps(), steps(), PUBLISH)
    return publish(built, by=by, seconds=time.monotonic() - begun)


def steps() -> int:
    return 3 + len(measures.ALL)


def made(tell: Tell) -> Built:
    """Everything a snapshot holds, in memory: the record is read in one statement, so it is of one moment."""
    tell(1, steps(), READ)
    taken_at, as_of = clock.now(), clock.today()
    beside = dict(BESIDE.items())
    tables = together([tables_of(None), *(read() for read in beside.values())])
    with TemporaryDirectory() as name:
        tell(2, steps(), FREEZE)
        benches = Benches(tables)
        manifest = freeze(
            benches.services.tables,
            Path(name),
            taken_at=taken_at,
            as_of=as_of,
            source=" and ".join(["the live record of every service on this site", *beside]),
            code_version=openyj.__version__,
        )
        frozen = {each: (Path(name) / f"{each}.parquet").read_bytes() for each in manifest.tables}
    figures = {}
    for number, measure in enumerate(measures.ALL.values(), 3):
        tell(number, steps(), MEASURE)
        figures[measure.name] = as_bytes(figures_of(measure, benches, as_of))
    return Built(taken_at, as_of, manifest, told(benches.services.tables, as_of), frozen, figures)


@transaction.atomic
def publish(built: Built, *, by: User | None, seconds: float) -> NationalSnapshot:
    """Write it all, read it back, compare, and let go of what is older: one commit, so a reader sees all or nothing.

    Raises Tampered when what the database holds is not what was worked out."""
    snapshot = NationalSnapshot.objects.create(
        taken_at=built.taken_at,
        as_of=built.as_of,
        taken_by=by,
        published_at=clock.now(),
        source=built.manifest.source,
        code_version=built.manifest.code_version,
        digest=built.manifest.digest,
        manifest_text=built.manifest.as_json(),
        services=[each.as_json() for each in built.services],
        seconds=round(seconds, 1),
    )
    with acting(by=by, services=EVERY_SERVICE):
        for name, content in built.tables.items():
            NationalTable.objects.create(snapshot=snapshot, name=name, content=content)
        for name, content in built.figures.items():
            NationalFigures.objects.create(snapshot=snapshot, measure=name, sha256=sha256(content), content=content)
        check(snapshot)
        retire()
    return snapshot


def check(snapshot: NationalSnapshot) -> None:
    """See that the database holds every table of the manifest and every measure's figures, as they were made."""
    written = {name: sha256(content) for name, content in snapshot.tables.values_list("name", "content")}
    wrong = sorted(
        name for name, frozen in snapshot.manifest.tables.items() if written.pop(name, None) != frozen.sha256
    )
    wrong += sorted(written)
    figures = {each.measure: each for each in snapshot.figures.all()}
    wrong += sorted(
        name for name in measures.ALL if name not in figures or sha256(figures[name].content) != figures[name].sha256
    )
    if wrong:
        raise Tampered(f"{snapshot} is not as it was made: {', '.join(wrong)}. Nothing was published")


def retire() -> None:
    """Throw away the tables and figures of all but the newest snapshots. What was, when and by whom, stays."""
    old = list(NationalSnapshot.objects.values_list("pk", flat=True)[KEPT:])
    NationalTable.objects.filter(snapshot__in=old).delete()
    NationalFigures.objects.filter(snapshot__in=old).delete()


def frozen_tables(snapshot: NationalSnapshot, names: list[str] | None = None) -> CaseTables:
    """The tables of a snapshot, each checked against its hash. Only while acting for every service: they hold
    children's facts. Raises Tampered for a table that is missing or was changed."""
    wanted = names or list(snapshot.manifest.tables)
    held = dict(snapshot.tables.filter(name__in=wanted).values_list("name", "content"))
    for name in wanted:
        if name not in held or sha256(held[name]) != snapshot.manifest.tables[name].sha256:
            raise Tampered(f"Table {name} of {snapshot} is not as it was frozen, or was thrown away since")
    return CaseTables({name: parquet.read_table(pa.BufferReader(held[name])) for name in wanted})


def figures_in(snapshot: NationalSnapshot, measure: str) -> pa.Table:
    """A measure's figures in a snapshot. They never change, so each is read once in a process.

    Raises Tampered when they are not as they were published."""
    return read_figures(snapshot.pk, measure)


@lru_cache(maxsize=32)
def read_figures(snapshot: int, measure: str) -> pa.Table:
    held = NationalFigures.objects.filter(snapshot=snapshot, measure=measure).first()
    if held is None or sha256(held.content) != held.sha256:
        raise Tampered(f"The figures of {measure} in national snapshot {snapshot} are not as they were published")
    return from_bytes(bytes(held.content))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
