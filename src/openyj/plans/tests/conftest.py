from __future__ import annotations

import pytest

from openyj.documents.tests.conftest import record, today  # noqa: F401 fixtures this room's tests use too


@pytest.fixture
def plan(record):  # noqa: F811
    """A draft Plan of 2026/27 whose introduction quotes a figure."""
    from openyj.accounts.scope import acting
    from openyj.plans.services import start_plan

    with acting(by=record.head):
        return start_plan(
            service=record.service,
            starts=2026,
            structure="2019",
            by=record.head,
            text={"introduction": f"We met {{{{ figure {record.count} }}}} children for the first time."},
        )
