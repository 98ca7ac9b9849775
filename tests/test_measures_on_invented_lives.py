"""The measures and their plain-Python references agree on the invented service, whole."""

from __future__ import annotations

import pytest

from openyj.invented.service import UNTIL, service
from openyj.measures import ALL, Measure, Workbench
from openyj.measures.tests.test_agreement import by_reference, in_order


@pytest.mark.parametrize("measure", ALL.values(), ids=list(ALL))
def test_cohort_of_the_invented_service_is_what_the_plain_reference_counts(measure: Measure) -> None:
    bench = Workbench(service(seed=7, children=120))
    found = in_order(bench.query(f"SELECT * FROM {bench.cohort(measure, UNTIL)}").to_pylist())
    assert found
    assert found == by_reference(measure, bench.tables, UNTIL)
