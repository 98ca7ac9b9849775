"""Every measure by service and quarter: openyj beside Spark, pandas, Polars and hand-written PostgreSQL.

    python -m benchmarks.measures --sizes 0.1,1,3,10 --engines duckdb,polars,pandas,postgresql,spark

Size 1 is the invented country: 157 services, ten years. Each engine works in processes of its own, so that its
peak memory is its own and one that takes too long can be ended. All begin with the same snapshot, from its
Parquet files and then from their own memory or tables (``measures_worker.py``). Results are compared before
times are believed: an engine that disagrees is printed with where, and without times. The results are kept in
--keep as JSON, and a later run of another size or engine adds to them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measures_data import snapshot
from benchmarks.measures_worker import MEASURES, STARTS
from ops.places import DATA, ROOT

ENGINES = {
    "duckdb": "openyj",
    "polars": "Polars",
    "pandas": "pandas",
    "postgresql": "PostgreSQL 18, SQL by hand",
    "spark": "Spark local[2], openyj's definitions",
    "scan": "reading the needed columns once",
}
FLOOR = "scan"
SHOWN = 5  # differences printed of a measure


def run(engine: str, start: str, folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """What a worker found, or why it found nothing: ``{"ended": "after 600 s"}``."""
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "found.json"
        words = ["-m", "benchmarks.measures_worker", engine, start, str(folder), "--out", str(out)]
        words += ["--times", str(args.times), "--patience", str(args.patience)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        # In a group of its own, so that what it started (Spark's Java) ends with it.
        worker = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, start_new_session=True)
        try:
            code = worker.wait(args.limit)
        except subprocess.TimeoutExpired:
            end(worker)
            return {"ended": f"not done after {args.limit:.0f} s"}
        except KeyboardInterrupt:
            end(worker)
            raise
        return json.loads(out.read_text()) if code == 0 else {"ended": f"failed, exit code {code}"}


def end(worker: subprocess.Popen) -> None:
    """End a worker and all it started, leaving it the time to drop its database."""
    worker.send_signal(signal.SIGINT)
    try:
        worker.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)


def differences(found: dict[str, list], expected: dict[str, list]) -> list[str]:
    """Where two engines' sums by service and quarter differ, a few lines a measure."""
    lines = []
    for name in expected:
        one, other = ({tuple(row[:2]): row[2:] for row in each.get(name, [])} for each in (found, expected))
        wrong = sorted((key for key in one.keys() | other.keys() if one.get(key) != other.get(key)), key=str)
        lines += [f"{name} {key}: {one.get(key)}, not {other.get(key)}" for key in wrong[:SHOWN]]
        if len(wrong) > SHOWN:
            lines.append(f"{name}: {len(wrong) - SHOWN} more")
    return lines


def judged(runs: dict[str, dict[str, dict[str, Any]]]) -> dict[str, list]:
    """The results all engines of a size agree on. One that disagrees loses its times and keeps its differences."""
    expected: dict[str, list] = {}
    for engine, starts in runs.items():
        for start, found in starts.items():
            results = found.pop("results", None)
            if engine == FLOOR or results is None:
                continue
            expected = expected or results
            if wrong := differences(results, expected):
                found.clear()
                found |= {"ended": "disagrees", "differences": wrong}
                print(f"{ENGINES[engine]} from {start} disagrees:", *wrong, sep="\n  ", flush=True)
    return expected


def measured(size: float, engines: list[str], args: argparse.Namespace) -> dict[str, Any]:
    made = snapshot(size)
    for path in made.folder.iterdir():
        path.read_bytes()  # into the file cache
    runs: dict[str, dict[str, dict[str, Any]]] = {}
    for engine in engines:
        for start in STARTS:
            print(f"size {size:g}: {ENGINES[engine]} from {start} ...", file=sys.stderr, flush=True)
            runs.setdefault(engine, {})[start] = run(engine, start, made.folder, args)
    agreed = judged(runs)
    return {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "rows": made.rows,
        "bytes": sum(path.stat().st_size for path in made.folder.iterdir()),
        "totals": {
            name: [sum(column) for column in list(zip(*rows, strict=True))[2:]] for name, rows in agreed.items()
        },
        "runs": runs,
    }


def kept(path: Path, size: float, found: dict[str, Any]) -> dict[str, Any]:
    """The results so far with these added; only results that agree with those there may join them."""
    everything = json.loads(path.read_text()) if path.exists() else {"machine": machine(), "sizes": {}}
    before = everything["sizes"].get(f"{size:g}")
    if before and before["rows"] == found["rows"]:
        if found["totals"] and before["totals"] and found["totals"] != before["totals"]:
            raise SystemExit(f"{path} holds other totals for size {size:g}: {before['totals']}, not {found['totals']}")
        found = found | {"totals": found["totals"] or before["totals"], "runs": before["runs"] | found["runs"]}
    everything["sizes"][f"{size:g}"] = found
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(everything, indent=1) + "\n")
    return everything


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def printed(everything: dict[str, Any]) -> str:
    """The results as Markdown."""
    lines = [f"Machine: {everything['machine']}."]
    for size, found in sorted(everything["sizes"].items(), key=lambda item: float(item[0])):
        rows = ", ".join(f"{found['rows'][name]:,} {name}" for name in PRINTED)
        lines += ["", f"### Size {size}: {rows}; {found['bytes'] / 1e6:.0f} MB of Parquet; {found['when']}", ""]
        agreed = ", ".join(f"{sums[0]:,} {name}" for name, sums in found["totals"].items())
        lines += [f"All engines with times agree on every count by service and quarter ({agreed}).", ""]
        lines += table(found["runs"])
    return "\n".join(lines)


PRINTED = ("child", "offence", "offence_legal_outcome", "intervention_programme")
HEADS = ["", "from Parquet, s", "scans", "peak MB", "from memory, s", "scans", "peak MB", "loading, s", *MEASURES]


def table(runs: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    floor = {start: runs.get(FLOOR, {}).get(start, {}).get("seconds") for start in STARTS}
    lines = [f"| {' | '.join(HEADS)} |", f"|{' --- |' * len(HEADS)}"]
    for engine, starts in sorted(runs.items(), key=lambda item: list(ENGINES).index(item[0])):
        cells = [ENGINES[engine]]
        for start in STARTS:
            found = starts[start]
            if "seconds" not in found:
                cells += [found["ended"], "", ""]
                continue
            scans = f"{found['seconds'] / floor[start]:.1f}" if floor[start] else ""
            cells += [f"{found['seconds']:.3f}", scans, f"{found['peak'] / 1e6:.0f}"]
        memory = starts["memory"]
        cells.append(f"{memory['loading']:.2f}" if "loading" in memory else "")
        cells += [f"{memory['each'][name]:.3f}" if "each" in memory else "" for name in MEASURES]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="0.1,1", help="times the country, with commas (now 0.1,1)")
    options.add_argument("--engines", default=",".join(ENGINES), help=f"with commas (now {','.join(ENGINES)})")
    options.add_argument("--times", type=int, default=3, help="runs of which the best counts (now 3)")
    options.add_argument(
        "--patience", type=float, default=60, help="seconds after which a run is not repeated (now 60)"
    )
    options.add_argument("--limit", type=float, default=600, help="seconds an engine may take in all (now 600)")
    options.add_argument("--keep", type=Path, default=DATA / "benchmarks" / "measures.json")
    args = options.parse_args()
    engines = args.engines.split(",")
    if unknown := [engine for engine in engines if engine not in ENGINES]:
        options.error(f"no engine is called {' or '.join(unknown)}. Choose from {', '.join(ENGINES)}")
    for size in map(float, args.sizes.split(",")):
        everything = kept(args.keep, size, measured(size, engines, args))
    print(printed(everything))
    print(f"\nRepeat with: python -m benchmarks.measures {' '.join(sys.argv[1:])}\nAs JSON: {args.keep}")


if __name__ == "__main__":
    main()
