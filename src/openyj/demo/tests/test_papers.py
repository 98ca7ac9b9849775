"""The demo's files are kept, found and opened like anybody's."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import ActionFile
from openyj.actions.tests.factories import make_action
from openyj.demo.papers import add_evidence, add_files
from openyj.files.services import search
from openyj.people.models import ChildFile
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


def test_three_files_are_kept_by_the_workers_of_two_children(service, staff):
    worker = staff("practitioner")
    children = [make_child(service, worker=worker) for _ in range(2)]
    with acting(by=None, services=EVERY_SERVICE):
        add_files(service=service)
    with acting(by=worker):
        kept = [
            (row.child, row.stored.kind) for row in ChildFile.objects.select_related("child", "stored").order_by("pk")
        ]
        found = search(ChildFile.objects.all(), "workshop")
        assert kept == [(children[0], "pdf"), (children[0], "png"), (children[1], "mail")]
        assert [row.title for row in found] == ["Timetable from the school"]


def test_evidence_is_kept_on_an_action_that_is_done(service, staff):
    head = staff("head_of_service")
    make_action(service)
    done = make_action(service, done_on=date(2026, 6, 1), evidence="It was done")
    with acting(by=None, services=EVERY_SERVICE):
        add_evidence(service=service)
        (row,) = ActionFile.objects.select_related("stored")
    assert (row.action_id, row.recorded_by_id, row.stored.kind) == (done.pk, head.pk, "pdf")
