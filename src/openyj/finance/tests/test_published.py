"""Tables that four services published, entered through the service, give the totals they printed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from openyj.accounts.scope import acting
from openyj.finance.models import Stream
from openyj.finance.selectors import contributions_of
from openyj.finance.tests.factories import make_year

pytestmark = pytest.mark.django_db
PUBLISHED = yaml.safe_load((Path(__file__).parent / "data" / "published.yaml").read_text())


def entered(name: str, head):
    """The service's table after its published amounts were entered, the year before first where it is printed."""
    given = PUBLISHED[name]
    if "before" in given:
        make_year(by=head, starts=given["starts"] - 1, amounts=given["before"])
    make_year(by=head, starts=given["starts"], amounts=given["amounts"])
    with acting(by=head):
        return contributions_of(head.service, given["starts"])


def columns(table) -> dict[str, Decimal]:
    return {s.value: total for s, total in zip(Stream, table.columns, strict=True) if total is not None}


@pytest.mark.parametrize("name", ["milton_keynes", "leicester", "medway"])
def test_total_is_the_printed_one(name, staff):
    table = entered(name, staff("head_of_service"))
    printed = PUBLISHED[name]["printed"]
    assert table.total == printed["total"]
    assert columns(table) == printed["columns"]
    if "rows" in printed:
        assert {line.partner.kind: line.total for line in table.lines if line.total is not None} == printed["rows"]


def test_sefton_cash_in_kind_and_variance_are_the_printed_ones(staff):
    head = staff("head_of_service")
    table = entered("sefton", head)
    printed = PUBLISHED["sefton"]["printed"]
    assert columns(table) == printed["columns"]
    with acting(by=head):
        assert columns(contributions_of(head.service, 2018)) == printed["columns_before"]
    assert table.change.pounds == printed["change"]
    changes = {line.partner.kind: line.change.pounds for line in table.lines if line.partner.kind != "other"}
    assert changes == printed["row_changes"]


def test_every_printed_number_is_in_the_service_own_document():
    """The typing itself: each number stands in the published text, where that text is at hand."""
    documents = Path(__file__).resolve().parents[4].parent / "shared" / "source-documents"
    if not documents.is_dir():
        pytest.skip("the published documents are not beside this repository")
    for name, given in PUBLISHED.items():
        text = next(documents.glob(f"{name.replace('_', '-')}-*[ny]*plan-*.txt"), None) or next(
            documents.glob(f"{name}*.txt")
        )
        said = text.read_text()
        for part in ("amounts", "before"):
            for row in given.get(part, {}).values():
                for amount in row.values():
                    assert f"{amount:,}" in said, (name, amount)
        for total in [given["printed"].get("total"), *given["printed"]["columns"].values()]:
            assert total is None or f"{total:,}" in said, (name, total)
