"""The national snapshot: of one moment, whole or not there, one at a time, and unchanged."""

from __future__ import annotations

import time
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from openyj import measures
from openyj.accounts.models import Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel import national
from openyj.caselevel.beside import BESIDE
from openyj.caselevel.live import tables_of
from openyj.caselevel.models import NationalFigures, NationalSnapshot, NationalTable
from openyj.caselevel.national import LOCK, AlreadyBuilding, build, figures_in, frozen_tables, latest
from openyj.caselevel.national_figures import by_region
from openyj.core import clock
from openyj.invented.service import service as invented_service
from openyj.measures import Workbench
from openyj.measures.about import CHILDREN
from openyj.tables import CaseTables
from openyj.tables.snapshot import Tampered

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture(scope="module")
def tables():
    return invented_service(children=30, years=3)


@pytest.fixture
def record(db, tables, monkeypatch):
    """What a build reads: three invented services, the second neighbour in another region."""
    services = tables["service"].to_pylist()
    services[2]["region"] = "Wales"
    read = tables.replacing({"service": CaseTables.from_rows({"service": services})["service"]})
    monkeypatch.setattr(national, "tables_of", lambda service: read)


def rows(found) -> list[dict]:
    return found.to_pylist()


def of(measure: str, **wanted) -> list[dict]:
    found = rows(figures_in(latest(), measure))
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


def test_every_figure_is_what_the_measures_say_of_the_frozen_tables(record):
    """The figures a page shows, worked out anew from the tables that were frozen with them."""
    snapshot = build(by=None)
    with acting(by=None, services=EVERY_SERVICE):
        frozen = frozen_tables(snapshot)
    benches = {"service": Workbench(frozen), "region": Workbench(by_region(frozen))}
    seen = 0
    for measure in measures.ALL.values():
        for kind, by, bench in (
            ("nation", (), "service"),
            ("service", ("service",), "service"),
            ("region", ("service",), "region"),
        ):
            if kind == "region" and measure.about is not CHILDREN:
                continue  # the sum of its services, which is tested below; never as if they were one
            found = measures.figures(measure, benches[bench], snapshot.as_of, by=by, period="rolling_year")
            # Three years of record: all of it is among the five that are kept.
            found = [each for each in found if kind == "nation" or each.breakdown["service"] is not None]
            held = of(measure.name, kind=kind, span="rolling_year")
            assert len(held) == len(found) > 0
            for row, figure in zip(held, found, strict=True):
                assert row["area"] == figure.breakdown.get("service", "")
                for name in ("show", "value", "numerator", "denominator", "low", "high", "why_not", "provisional"):
                    assert row[name] == getattr(figure, name)
                seen += row["numerator"] is not None and row["numerator"] > 0
    assert seen > 50


@pytest.mark.parametrize("measure", measures.ALL)
def test_services_regions_and_those_of_no_service_add_up_to_the_nation(record, measure):
    build(by=None)
    show = measures.ALL[measure].shows[0].name
    for nation in of(measure, kind="nation", show=show):
        period = {"show": show, "span": nation["span"], "period": nation["period"]}
        of_services = sum(row["numerator"] for row in of(measure, kind="service", **period))
        nowhere = sum(row["numerator"] for row in of(measure, kind="none", **period))
        assert of_services + nowhere == nation["numerator"]
        assert sum(row["numerator"] for row in of(measure, kind="region", **period)) == of_services


def test_region_s_board_is_not_one_board(record):
    """Of two services one with five sectors and one with none, a region has five of ten and not five of five."""
    build(by=None)
    for row in of("board-attendance", kind="region", area="North West", show="senior", span="quarter"):
        own = [
            each
            for each in of("board-attendance", kind="service", show="senior", span="quarter", period=row["period"])
            if each["area"] in ("QUILLMOOR", "DUNVEXLEY")
        ]
        assert row["denominator"] == sum(each["denominator"] for each in own) <= 10
        assert row["numerator"] == sum(each["numerator"] for each in own)
        assert (row["value"] is None) == all(each["value"] is None for each in own)


def test_only_reoffending_counts_children_who_belong_to_no_service(record):
    """Why a sum of services may be less than the nation: said on the page, and true of the definitions."""
    build(by=None)
    assert [name for name in measures.ALL if of(name, kind="none")] == ["reoffending"]


def test_a_region_s_rate_is_of_the_residents_of_all_its_services(record, tables):
    build(by=None)
    populations = {(r["service"], r["year"]): r["aged_10_to_17"] for r in rows(tables["population"])}
    first, second, wales = tables["service"]["service"].to_pylist()
    (row,) = of(
        "first-time-entrants", kind="region", area="North West", show="rate", span="rolling_year", period="2026Q1"
    )
    assert row["denominator"] == populations[first, 2026] + populations[second, 2026]
    (row,) = of("first-time-entrants", kind="region", area="Wales", show="rate", span="rolling_year", period="2026Q1")
    assert row["denominator"] == populations[wales, 2026]


def test_a_region_with_one_population_missing_has_no_rate(tables):
    first = tables["service"]["service"][0].as_py()
    short = tables["population"].to_pylist()
    short = [row for row in short if row["service"] != first]
    less = CaseTables.from_rows({"population": short})
    regions = by_region(tables.replacing({"population": less["population"]}))
    assert len(regions["population"]) == 0
    (figure,) = [
        f
        for f in measures.figures(
            measures.ALL["first-time-entrants"], regions, TODAY, by=("service",), first=measures.Quarter(2025, 1),
            last=measures.Quarter(2025, 1),
        )
        if f.show == "rate"
    ]  # fmt: skip
    assert figure.value is None and "no population of North West" in figure.why_not


def test_a_body_that_oversees_services_is_none_of_them(service):
    Service.objects.create(code="NAT", name="Oversight", oversees="nation")
    assert tables_of(None)["service"]["service"].to_pylist() == [service.code]


def test_each_step_is_told_in_words_and_in_order(record):
    said = []
    build(by=None, tell=lambda *step: said.append(step))
    steps = 3 + len(measures.ALL)
    assert [number for number, _, _ in said] == list(range(1, steps + 1)) and {of for _, of, _ in said} == {steps}
    assert list(dict.fromkeys(words for _, _, words in said)) == list(national.WORDS)


def break_at(monkeypatch, name: str):
    def broken(*args, **kwargs):
        raise RuntimeError("the machine is on fire")

    monkeypatch.setattr(national, name, broken)


@pytest.mark.parametrize("name", ["tables_of", "freeze", "figures_of", "told", "publish", "check", "retire"])
def test_a_build_that_fails_leaves_the_last_snapshot_in_place_and_nothing_of_its_own(record, monkeypatch, name):
    first = build(by=None)
    with monkeypatch.context() as broken:
        break_at(broken, name)
        with pytest.raises(RuntimeError, match="on fire"):
            build(by=None)
    assert latest() == first and NationalSnapshot.objects.count() == 1
    assert NationalFigures.objects.count() == len(measures.ALL)
    assert build(by=None) == latest() != first


def test_what_was_written_is_compared_before_anybody_sees_it(record, monkeypatch):
    real = NationalFigures.objects.create

    def written(**fields):
        return real(**fields | {"content": fields["content"][:-1]})

    monkeypatch.setattr(NationalFigures.objects, "create", written)
    with pytest.raises(Tampered, match="Nothing was published"):
        build(by=None)
    assert latest() is None


def test_while_one_is_built_another_is_refused(record):
    with psycopg.connect(**other_session()) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(AlreadyBuilding):
            build(by=None)
    # The other session ended, as a killed worker's does: its lock goes with it, as soon as the server has noticed.
    for _ in range(200):
        if not held():
            break
        time.sleep(0.05)
    assert build(by=None)


def held() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = %s)", [LOCK])
        return cursor.fetchone()[0]


def other_session() -> dict:
    given = connection.get_connection_params()
    return {name: given[name] for name in ("host", "port", "user", "password", "dbname") if given.get(name)}


def test_two_are_kept_and_of_older_ones_what_they_were(record):
    made = [build(by=None) for _ in range(3)]
    with acting(by=None, services=EVERY_SERVICE):
        assert set(NationalTable.objects.values_list("snapshot", flat=True)) == {made[1].pk, made[2].pk}
        with pytest.raises(Tampered):
            frozen_tables(made[0])
    assert set(NationalFigures.objects.values_list("snapshot", flat=True)) == {made[1].pk, made[2].pk}
    assert NationalSnapshot.objects.count() == 3 and latest() == made[2]
    assert made[0].manifest.digest == made[0].digest


def test_nobody_changes_a_snapshot(record):
    build(by=None)
    for sql in (
        "UPDATE caselevel_nationalsnapshot SET digest = ''",
        "DELETE FROM caselevel_nationalsnapshot",
        "UPDATE caselevel_nationalfigures SET content = ''",
        "UPDATE caselevel_nationaltable SET content = ''",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_tables_are_shown_to_nobody_who_signs_in(record, tables, staff):
    build(by=None)
    for role in ("national_user", "head_of_service"):
        with acting(by=staff(role)):
            assert not NationalTable.objects.exists()
    with acting(by=None, services=EVERY_SERVICE):
        assert NationalTable.objects.count() == len(tables)


def test_tables_beside_the_record_are_in_it_under_numbers_of_their_own(record, monkeypatch):
    """A child of another source with the same number is another child."""
    more = invented_service(seed=7, children=20, years=3)
    renamed = {row["service"]: f"X{row['service']}" for row in rows(more["service"])}
    other = CaseTables.from_rows(
        {
            name: [
                row | ({"service": renamed[row["service"]]} if "service" in row else {}) for row in table.to_pylist()
            ]
            for name, table in more.items()
        }
    )
    build(by=None)
    alone = of("first-time-entrants", kind="nation", show="count", span="quarter", period="2025Q1")[0]["numerator"]
    monkeypatch.setattr(BESIDE, "_found", {"a country": (100, lambda: other)})
    snapshot = build(by=None)
    theirs = measures.figures(
        measures.ALL["first-time-entrants"],
        other,
        TODAY,
        first=measures.Quarter(2025, 1),
        last=measures.Quarter(2025, 1),
    )[0].numerator
    both = of("first-time-entrants", kind="nation", show="count", span="quarter", period="2025Q1")[0]["numerator"]
    assert both == alone + theirs and theirs > 0
    assert snapshot.source == "the live record of every service on this site and a country"
    monkeypatch.setattr(BESIDE, "_found", {"the record again": (100, lambda: invented_service(children=20, years=3))})
    with pytest.raises(ValueError, match="more than one source"):
        build(by=None)


def test_reading_asks_the_database_once_and_then_not_at_all(record, django_assert_num_queries):
    snapshot = build(by=None)
    with django_assert_num_queries(1):
        figures_in(snapshot, "custody")
        figures_in(snapshot, "custody")


def test_figures_that_were_changed_are_not_shown(record, monkeypatch):
    snapshot = build(by=None)
    monkeypatch.setattr(national, "sha256", lambda content: "another")
    national.read_figures.cache_clear()
    with pytest.raises(Tampered):
        figures_in(snapshot, "custody")
