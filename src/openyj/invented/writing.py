"""Writing frames down as the declared tables."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from openyj.invented.draws import NO_DAY, Frame
from openyj.tables.contents import BY_NAME


def table(name: str, columns: dict[str, np.ndarray]) -> pa.Table:
    """The declared table from numpy columns: NO_DAY, None and negative references become nulls."""
    arrays = []
    for column in BY_NAME[name].columns:
        values = columns[column.name]
        if values.dtype == object:
            arrays.append(pa.array(values, column.arrow.type, from_pandas=False))
        elif column.type is date:
            arrays.append(pa.array(values.astype(np.int32), mask=values == NO_DAY).cast(pa.date32()))
        elif column.refers_to:
            arrays.append(pa.array(values, pa.int64(), mask=values < 1))
        else:
            arrays.append(pa.array(values).cast(column.arrow.type))
    return pa.Table.from_arrays(arrays, schema=BY_NAME[name].schema())


def rows(name: str, frame: Frame, record: Frame, of: str, columns: dict[str, str]) -> pa.Table:
    """A table about a child record: its key, person and child, and the named columns of the frame."""
    key = BY_NAME[name].key[0]
    return table(name, {
        key: np.arange(1, len(frame[of]) + 1),
        "person": record["number"][frame[of]],
        "child_id": frame[of] + 1,
        **{theirs: frame[ours] for theirs, ours in columns.items()},
    })  # fmt: skip
