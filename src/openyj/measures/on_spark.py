"""The same measures on Spark, for tables too large for one machine or kept where a cluster reads them.

with session("local[2]") as spark:
    bench = SparkWorkbench(spark, "s3a://bucket/snapshot")
    for figure in figures(ALL["custody"], bench, bench.as_of, by=["service"]): ...

Spark runs SQL only: no Python runs on its workers, so they need nothing of this project. The driver needs
``pip install 'openyj[spark]'`` and Java 17.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis.expr.types as ir
import pyarrow as pa

from openyj.measures.measure import Measure
from openyj.measures.statement import compiled
from openyj.measures.workbench import DECLARED, PREPARED, CannotBeComputed, Workbench, needs
from openyj.tables import BY_NAME, Fault, Unfit, shipped
from openyj.tables.linking import same_persons
from openyj.tables.snapshot import MANIFEST, Manifest, Tampered

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

JAVA = 17
# What the answers depend on, whatever a cluster's own settings are: SQL's own rules for faulty values instead of
# nulls, dates before 1582 as they stand, one zone. The rest is for a driver that only asks and collects.
SQL = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
}
# On one machine: nothing to look at, no address but this machine's own, no hundred partitions for two cores.
LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
# Errors alone, said of Spark's own classes too: it would announce that they differ from the root.
LOGGING = """rootLogger.level = error
rootLogger.appenderRef.out.ref = out
appender.out.type = Console
appender.out.name = out
appender.out.target = SYSTEM_ERR
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = Spark: %m%n
logger.spark.name = org
logger.spark.level = error
"""
TYPES = {int: "bigint", float: "double", str: "string", bool: "boolean", date: "date"}
TYPES_OF_IBIS = {"int64": "bigint", "int32": "int", "float64": "double"} | {n: n for n in ("string", "boolean", "date")}


class NoSpark(Exception):
    """Spark cannot be started here. The message says what to install."""


def why_not_here() -> str | None:
    """Why Spark cannot be started on this machine, or None."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "PySpark is not installed. Type: pip install 'openyj[spark]'"
    return why_no_java()


def why_no_java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    advice = f"Spark needs Java {JAVA} or newer. On Debian type: sudo apt-get install openjdk-17-jre-headless"
    if java is None or not Path(java).exists():
        return f"Java was not found. {advice}"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r'version "(\d+)', said.stderr)
    if found is None or int(found[1]) < JAVA:
        return f"{java} is {found[1] if found else 'no Java'}. {advice}"
    return None


@contextmanager
def session(master: str | None = None) -> Iterator[SparkSession]:
    """A Spark session: the one that ``spark-submit`` prepared, or else one on ``master`` (``local[*]`` when left out).

    A local one shows no pages, speaks to nobody but itself and leaves no files. Raises NoSpark saying what to install.
    """
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if not submitted and (reason := why_not_here()):
        raise NoSpark(reason)
    from pyspark.sql import SparkSession

    if master is None and not submitted:
        master = "local[*]"
    with tempfile.TemporaryDirectory(prefix="openyj-spark-", ignore_cleanup_errors=True) as folder:
        builder = SparkSession.builder.appName("openyj")
        settings: dict[str, Any] = dict(SQL)
        if master is not None:
            builder = builder.master(master)
        if master is not None and master.startswith("local"):
            settings |= LOCAL | in_folder(Path(folder))
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        spark = builder.config(map=settings).getOrCreate()
        try:
            yield spark
        finally:
            spark.stop()


def in_folder(folder: Path) -> dict[str, str]:
    """Everything that a local Spark writes, in one folder that is removed afterwards."""
    logging = folder / "log4j2.properties"
    logging.write_text(LOGGING, encoding="utf-8")
    java = f"-Djava.io.tmpdir={folder} -Dlog4j2.configurationFile={logging.as_uri()} -XX:-UsePerfData"
    return {
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.driver.extraJavaOptions": java,
    }


def brought(frame: DataFrame) -> pa.Table:
    """The rows of a frame, here. PySpark leaves the socket they came through to be closed with its object."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return frame.toArrow()


class SparkWorkbench(Workbench):
    """A folder of case-level tables in Parquet, ready to be measured by Spark: ``/data/snapshot``, ``s3a://...``.

    A snapshot is checked against its manifest, its bytes hashed where they lie; a folder without one is checked for
    the declared columns. Records of one child are joined first (rule FTE-5), as on any workbench. ``as_of`` is the
    snapshot's day, else None. Raises Tampered, Unfit, or FileNotFoundError when the folder holds no table.
    """

    def __init__(self, spark: SparkSession, folder: str | Path) -> None:
        # Names of its own, so that two workbenches of one session never read each other's tables.
        self.spark = spark = spark.newSession()
        for name, value in SQL.items():
            spark.conf.set(name, value)
        self._worked_out: dict[tuple[str, date], str] = {}
        self._prepared: set[str] = set()
        self._held: list[DataFrame] = []
        found = Folder(spark, str(folder).rstrip("/"))
        manifest = found.manifest()
        self.as_of = manifest.as_of if manifest else None
        frames = {name: found.table(name) for name in found.names(manifest)}
        if manifest is None:  # what was frozen had its required values
            found.refuse_gaps(frames)
        self.shipped = [name for name in shipped() if name not in frames]
        frames |= {name: spark.createDataFrame(shipped()[name]) for name in self.shipped}
        for name, frame in self.linked(frames).items():
            frame.createOrReplaceTempView(name)
        self.tables = OnSpark(self, list(frames))  # type: ignore[assignment]

    def linked(self, frames: dict[str, DataFrame]) -> dict[str, DataFrame]:
        """``tables.linked`` on Spark: who is who is found here, from four columns; the rows stay where they are."""
        if "child" not in frames:
            return frames
        columns = ["person", "originating_yot_person_id", "date_of_birth", "deleted"]
        renamed = same_persons(brought(frames["child"].select(columns)))
        if not renamed:
            return frames
        from pyspark.sql import functions as f

        pairs = pa.table({"person": pa.array(renamed, pa.int64()), "is": pa.array(renamed.values(), pa.int64())})
        are = f.broadcast(self.spark.createDataFrame(pairs))
        return {
            name: frame.join(are, "person", "left")
            .withColumn("person", f.coalesce("is", "person"))
            .select(frame.columns)
            if BY_NAME[name].person
            else frame
            for name, frame in frames.items()
        }

    def cohort(self, measure: Measure, as_of: date, columns: Iterable[str] | None = None) -> str:
        """All of its columns whichever are asked for: Spark works out those that a query reads, and no others."""
        key = (measure.name, as_of)
        if key not in self._worked_out:
            expression = measure.cohort(DECLARED, as_of)
            for name in needs(expression):
                self.have(name)
            name = f"cohort_{len(self._worked_out)}"
            self.keep(name, expression)
            self._worked_out[key] = name
        return self._worked_out[key]

    def have(self, name: str) -> None:
        if name not in PREPARED:
            if name not in self.tables:
                raise CannotBeComputed(f"table {name} was not supplied")
        elif name not in self._prepared:
            for part in needs(PREPARED[name]):
                self.have(part)
            self.keep(name, PREPARED[name])
            self.refuse_doubles(name)
            self._prepared.add(name)

    def keep(self, name: str, expression: ir.Table) -> None:
        """Let ``name`` be the rows of an expression, worked out when first asked for and then held by the cluster.

        Spark's year of a date is a short whole number and so then is an age: each column is given the type that the
        expression says it has.
        """
        frame = self.spark.sql(compiled(expression, "spark"))
        types = {column: TYPES_OF_IBIS.get(str(type_).lstrip("!"), "") for column, type_ in expression.schema().items()}
        frame = frame.selectExpr(*(f"CAST(`{column}` AS {type_}) AS `{column}`" for column, type_ in types.items()))
        frame.persist().createOrReplaceTempView(name)
        self._held.append(frame)

    def query(self, sql: str, values: list[Any] | None = None) -> pa.Table:
        found = brought(self.spark.sql(sql, args=values or None))
        # Spark says of some columns that they are never null; no other engine does.
        return found.cast(pa.schema([field.with_nullable(True).remove_metadata() for field in found.schema]))

    def close(self) -> None:
        """Let the cluster forget what was worked out. What is asked for next is worked out anew."""
        for frame in self._held:
            frame.unpersist()
        self._held.clear()
        self._worked_out.clear()
        self._prepared.clear()


class OnSpark(Mapping[str, pa.Table]):
    """The supplied tables by name. Asking for one brings all of it here: meant for the small ones."""

    def __init__(self, bench: SparkWorkbench, names: list[str]) -> None:
        self.bench, self.names = bench, names

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self.names:
            raise KeyError(name)
        return self.bench.query(f"SELECT * FROM {name}")  # noqa: S608 (a declared table's name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class Folder:
    """A folder as Spark reaches it, on a disk, in HDFS or in an object store."""

    def __init__(self, spark: SparkSession, path: str) -> None:
        self.spark, self.path = spark, path
        self.files: dict[str, str] = {}
        root = spark._jvm.org.apache.hadoop.fs.Path(path)  # type: ignore[union-attr]
        system = root.getFileSystem(spark._jsc.hadoopConfiguration())  # type: ignore[union-attr]
        if not system.exists(root):
            raise FileNotFoundError(f"{path} is not a folder. Name the folder that holds the case-level tables")
        for status in system.listStatus(root):
            self.files[status.getPath().getName()] = status.getPath().toString()

    def manifest(self) -> Manifest | None:
        """The manifest, when there is one, and every file as it says. Raises Tampered saying what differs."""
        if MANIFEST not in self.files:
            return None
        text = brought(self.spark.read.text(self.files[MANIFEST], wholetext=True))["value"].to_pylist()
        try:
            manifest = Manifest.from_json("".join(text))
        except (ValueError, KeyError, TypeError, AttributeError) as reason:
            raise Tampered(f"{self.files[MANIFEST]} cannot be read as a manifest: {reason}") from reason
        here = {name.removesuffix(".parquet"): path for name, path in self.files.items() if name.endswith(".parquet")}
        hashed = self.hashes([here[name] for name in manifest.tables if name in here])
        wrong = [f"{name}.parquet is missing" for name in manifest.tables if name not in here]
        wrong += [
            f"{name}.parquet was changed"
            for name, frozen in manifest.tables.items()
            if name in here and hashed[f"{name}.parquet"] != frozen.sha256
        ]
        wrong += [
            f"{name}.parquet was added" for name in sorted(here) if name in BY_NAME and name not in manifest.tables
        ]
        if wrong:
            raise Tampered(
                f"The snapshot {self.path} is not as it was frozen: {'; '.join(wrong)}. Take it from a backup"
            )
        return manifest

    def hashes(self, paths: list[str]) -> dict[str, str]:
        """The SHA-256 of each file, worked out by the cluster. A file may have 2 GB at most."""
        if not paths:
            return {}
        rows = self.spark.read.format("binaryFile").load(paths).selectExpr("path", "sha2(content, 256) AS hash")
        return {row["path"].rsplit("/", 1)[1]: row["hash"] for row in brought(rows).to_pylist()}

    def names(self, manifest: Manifest | None) -> list[str]:
        names = list(manifest.tables) if manifest else [name for name in BY_NAME if f"{name}.parquet" in self.files]
        if not names:
            raise FileNotFoundError(f"{self.path} holds no case-level table as Parquet. Spark reads no CSV of ours")
        return names

    def table(self, name: str) -> DataFrame:
        """A table with the declared columns in the declared order. Raises Unfit naming what is missing or of
        another type."""
        declared = BY_NAME[name]
        frame = self.spark.read.parquet(self.files[f"{name}.parquet"])
        types = dict(frame.dtypes)
        faults = []
        for column in declared.columns:
            wanted = TYPES[column.type]
            if column.name not in types:
                faults.append(Fault("SHAPE-3", name, None, column.name, "The column is missing. Add it, even if empty"))
            elif types[column.name] != wanted:
                message = f"Cannot be read as {wanted}: it is {types[column.name]}"
                faults.append(Fault("SHAPE-4", name, None, column.name, message))
        if faults:
            raise Unfit(faults)
        return frame.select([column.name for column in declared.columns])

    def refuse_gaps(self, frames: dict[str, DataFrame]) -> None:
        """Raises Unfit naming every column that lacks a value it must have; one pass over them all."""
        counted = []
        for name, frame in frames.items():
            required = [column.name for column in BY_NAME[name].columns if not column.nullable]
            missing = ", ".join(f"'{column}', count_if({column} IS NULL)" for column in required)
            counted.append(frame.selectExpr(f"'{name}' AS name", f"map({missing}) AS missing"))
        faults = [
            Fault("SHAPE-5", row["name"], None, column, f"{missing} row(s) have no value; every row needs one")
            for row in brought(reduce(lambda one, other: one.unionAll(other), counted)).to_pylist()
            for column, missing in row["missing"]
            if missing
        ]
        if faults:
            raise Unfit(faults)
