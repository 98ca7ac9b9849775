"""Addresses of the pages about assessments."""

from django.urls import path

from openyj.assessment.views import answering, reading, record

app_name = "assessment"
ONE = "children/<int:child_id>/assessments/<int:assessment_id>"
urlpatterns = [
    path("children/<int:child_id>/assessments", record.assessments, name="assessments"),
    path("children/<int:child_id>/assessments/begin", record.begin, name="begin"),
    path(ONE, record.assessment, name="assessment"),
    path(f"{ONE}/correct", record.correct, name="correct"),
    path(f"{ONE}/answers/<slug:section>", answering.section, name="section"),
    path(f"{ONE}/check", answering.check, name="check"),
    path(f"{ONE}/countersign", reading.decide, name="decide"),
    path(f"{ONE}/versions/<int:number>", reading.version, name="version"),
    path(f"{ONE}/versions/<int:number>/print", reading.printed, name="print"),
    path(f"{ONE}/versions/<int:number>/compared/<int:other>", reading.compare, name="compare"),
]
