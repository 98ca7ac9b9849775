"""A measure's definition as one SQL statement for an engine that is not ours to drive: Athena, Trino, Spark.

The workbench makes what several measures share once; a statement that stands alone carries it with it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.backends.sql import compilers

from openyj.measures.measure import Measure
from openyj.measures.workbench import DECLARED, PREPARED

Dialect = Literal["duckdb", "spark", "trino"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
# The compilers alone: `ibis.to_sql` would want each engine's own client installed.
COMPILERS = {
    "duckdb": compilers.duckdb.compiler,
    "spark": compilers.pyspark.compiler,
    "trino": compilers.trino.compiler,
}


def statement(measure: Measure, as_of: date, dialect: Dialect) -> str:
    """The SELECT that gives the measure's cohort from the declared tables, records of one child already linked.

    Its rows are those of ``openyj measure NAME --rows``, in no order.
    """
    needed: dict[str, str] = {}

    def prepare(expression: ir.Table) -> str:
        for name in sorted(node.name for node in expression.op().find(ops.UnboundTable)):
            if name in PREPARED and name not in needed:
                sql = prepare(PREPARED[name])
                needed[name] = sql
        return compiled(expression, dialect)

    whole = prepare(measure.cohort(DECLARED, as_of))
    parts = ",\n".join(f"{name} AS (\n{sql}\n)" for name, sql in [*needed.items(), ("cohort", whole)])
    return f"WITH {parts}\nSELECT * FROM cohort"


def compiled(expression: ir.Table, dialect: Dialect) -> str:
    """An expression as an engine's SQL."""
    compiler = COMPILERS[dialect]
    return str(compiler.to_sqlglot(expression.unbind()).sql(dialect=compiler.dialect, pretty=True))
