"""Addresses of the pages about assessments."""

from django.urls import path

from openyj.assessment.views import answering, handing_over, reading, record

app_name = "assessment"
ONE = "children/<int:child_id>/assessments/<int:assessment_id>"
urlpatterns = [
    path("children/<int:child_id>/assessments", record.assessments, name="assessments"),
    path("children/<int:child_id>/assessments/begin", record.begin, name="begin"),
    path(ONE, record.assessment, name="assessment"),
    path(f"{ONE}/correct", record.correct, name="correct"),
    path(f"{ONE}/answers/<slug:section>", answering.section, name="section"),
    path(f"{ONE}/answers/<slug:section>/hand-over", handing_over.hand_over, name="hand_over"),
    path(f"{ONE}/answers/<slug:section>/hand-over/end", handing_over.end, name="end_hand_over"),
    path(f"{ONE}/check", answering.check, name="check"),
    path(f"{ONE}/countersign", reading.decide, name="decide"),
    path(f"{ONE}/versions/<int:number>", reading.version, name="version"),
    path(f"{ONE}/versions/<int:number>/print", reading.printed, name="print"),
    path(f"{ONE}/versions/<int:number>/compared/<int:other>", reading.compare, name="compare"),
    # What a handed-over device opens, and nothing else. None names a child: the session knows which.
    path("handed-over", handing_over.begun, name="handed_over"),
    path("handed-over/questions", handing_over.questions, name="own_questions"),
    path("handed-over/sent", handing_over.sent, name="own_answers_sent"),
    path("handed-over/secret", handing_over.secret, name="hand_over_secret"),
    path("handed-over/back", handing_over.hand_back, name="hand_back"),
    path("handed-over/leave", handing_over.leave, name="leave_hand_over"),
]
