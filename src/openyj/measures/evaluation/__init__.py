"""A definition worked out column by column, in memory, straight from its Ibis expression.

rows = Evaluation(tables, prepared).table(expression)

An engine for any SQL builds a hash table for each join and each group. Here every join is a look-up by key and every
group one person's rows, which stand together, so that most steps are one walk through a column. What an expression
may hold is therefore little (``relations.WORK``, ``values.WORK``); anything else raises NotUnderstood and is left to
DuckDB. docs/explanation/where-the-time-goes.md says what that is worth.
"""

from openyj.measures.evaluation.parts import in_parts
from openyj.measures.evaluation.relations import Evaluation
from openyj.measures.evaluation.values import NotUnderstood

__all__ = ["Evaluation", "NotUnderstood", "in_parts"]
