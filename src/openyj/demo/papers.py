"""A few invented files on invented records: a school's report, a school's email, a picture of a mural."""

from __future__ import annotations

import io
from datetime import timedelta

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.actions.models import Action
from openyj.actions.services import add_file as add_file_to_action
from openyj.core import clock
from openyj.people.models import Child
from openyj.people.services import add_file

REPORT = """
#set document(title: "School report")
#set text(lang: "en", region: "GB", font: "Libertinus Serif")
= School report, spring term
Attendance this term was 71 per cent of the sessions offered. It is best on days that begin with practical work.
Reads well one to one. Needs instructions in short steps, and time to answer.
_Invented for the demo._
"""
EVIDENCE = """
#set document(title: "What was checked")
#set text(lang: "en", region: "GB", font: "Libertinus Serif")
= What was checked
Twelve records were read by two managers. Each was found as the action asks. The list of records is kept by the data
officer.
_Invented for the demo._
"""
EMAIL = """From: office@school.example
To: worker@quillmoor.example
Subject: Timetable from Monday

Good morning,
the reduced timetable ends on Friday. From Monday it is mornings in class and afternoons in the workshop.
(Invented for the demo.)
"""


def add_files(*, service: Service) -> None:
    """Put the files on the records of the first children who have a worker, added by their workers."""
    children = Child.objects.standing().filter(service=service, restricted_reason="", worker__role="practitioner")
    first, second = children.select_related("worker").order_by("pk")[:2]
    day = clock.today()
    for child, name, content, title, dated in (
        (first, "report spring.pdf", typst.compile(REPORT.encode()), "School report, spring term", day - timedelta(90)),
        (first, "mural.png", mural(), "Mural painted with the reparation group", None),
        (second, "timetable.eml", EMAIL.encode(), "Timetable from the school", day - timedelta(12)),
    ):
        with acting(by=child.worker):
            add_file(child=child, by=child.worker, file=SimpleUploadedFile(name, content), title=title, dated=dated)


def add_evidence(*, service: Service) -> None:
    """Put a file on the first action of the service that is done, as evidence, added by the head of service."""
    head = User.objects.get(service=service, role="head_of_service")
    done = Action.objects.filter(service=service, child=None, done_on__isnull=False).order_by("pk").first()
    with acting(by=head):
        evidence = SimpleUploadedFile("evidence.pdf", typst.compile(EVIDENCE.encode()))
        add_file_to_action(
            action=done, by=head, file=evidence, title="What was checked, signed off", dated=done.done_on
        )


def mural() -> bytes:
    """A painted wall, as a PNG."""
    picture = Image.new("RGB", (960, 540), "#cfe3f1")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 380, 960, 540), fill="#6b8e4e")
    draw.ellipse((700, 50, 840, 190), fill="#f4b942")
    for left, colour in ((90, "#b5485d"), (290, "#3d6a9e"), (490, "#8a5a9e")):
        draw.rectangle((left, 250, left + 150, 400), fill=colour)
        draw.polygon([(left - 20, 250), (left + 75, 170), (left + 170, 250)], fill="#5a4a42")
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()
