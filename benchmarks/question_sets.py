"""A question set of 500 questions: server time and queries of every page of it, all answered; checking its file. The
processor’s time of this process stands beside the clock’s, which also tells who else uses the machine.

    .venv/bin/python benchmarks/question_sets.py [--questions 500] [--times 20]

Runs in one process against a copy of the demo's database, as pages.py does.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.pages import DATABASE, row, start_django, timed  # noqa: E402
from ops import postgres  # noqa: E402


def answered(questions: int):
    """An assessment of the large set with everything answered, and its practitioner signed in."""
    from django.test import Client

    from openyj.accounts.scope import EVERY_SERVICE, acting
    from openyj.assessment.tests.factories import answer_all, begin
    from openyj.people.models import Child
    from openyj.questionnaires.loading import load
    from openyj.questionnaires.tests.sets import large

    text = large(questions)
    started = time.perf_counter()
    loaded, _ = load(text)
    print(f"checking and loading {questions} questions: {(time.perf_counter() - started) * 1000:.0f} ms")
    with acting(by=None, services=EVERY_SERVICE):
        child = Child.objects.standing().filter(worker__role="practitioner", restricted_reason="")[:1].get()
        worker = child.worker
    sheet = begin(child, worker, question_set=loaded)
    answer_all(sheet, worker)
    client = Client()
    client.force_login(worker)
    return client, sheet, loaded.definition.sections[-1].key


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    start_django()
    try:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        from django.urls import reverse

        client, sheet, last = answered(given.questions)
        print(f"{'page':<44} {'median':>8} {'95th':>8} {'processor, queries':>18}   (milliseconds of server time)")
        for what, name, more in [
            ("list of sections", "assessment", []),
            ("one section", "section", [last]),
            ("check the answers", "check", []),
            ("read a version", "version", [1]),
            ("print a version", "print", [1]),
        ]:
            address = reverse(f"assessment:{name}", args=[sheet.child_id, sheet.assessment_id, *more])
            begun = time.process_time()
            taken = timed(lambda address=address: client.get(address), given.times)
            # `timed` runs it twice more than it counts.
            spent = (time.process_time() - begun) / (given.times + 2) * 1000
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200, address
            print(row(what, taken, f"{spent:.1f} {len(asked):>8}"))
    finally:
        from django.db import connections

        connections.close_all()
        postgres.drop(DATABASE)


if __name__ == "__main__":
    main()
