"""Spark in local mode on two cores, with openyj's own definitions (``openyj.measures.on_spark``)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from benchmarks.measures_in_duckdb import by_service_and_quarter
from benchmarks.measures_worker import Sums, highest_of
from openyj.measures.on_spark import SparkWorkbench, session


class Spark:
    def begin(self) -> None:
        self.stack = ExitStack()
        self.spark = self.stack.enter_context(session("local[2]"))

    def open(self, folder: Path) -> SparkWorkbench:
        return SparkWorkbench(self.spark, folder)

    def load(self, folder: Path) -> SparkWorkbench:
        """The tables in Spark's own memory."""
        bench = SparkWorkbench(self.spark, folder)
        for name in bench.tables:
            bench.spark.catalog.cacheTable(name)
            bench.query(f"SELECT count(*) FROM {name}")
        return bench

    def measures(self, state: SparkWorkbench, as_of: date, names: Sequence[str]) -> Sums:
        sums = by_service_and_quarter(state, as_of, names)
        state.close()
        return sums

    def close(self, state: SparkWorkbench) -> None: ...

    def end(self) -> None:
        self.stack.close()

    def peak(self) -> int:
        """Python and the Java it started."""
        java = self.spark.sparkContext._gateway.proc.pid
        return highest_of(["self", java])


ENGINE = Spark()
