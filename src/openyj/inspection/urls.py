"""Addresses of inspections."""

from django.urls import path

from openyj.inspection import views

app_name = "inspection"
urlpatterns = [
    path("inspections", views.reports, name="reports"),
    path("inspections/add", views.add_report, name="add_report"),
    path("inspections/<int:report_id>", views.plan, name="plan"),
    path("inspections/<int:report_id>/change", views.change_report, name="change_report"),
    path("inspections/<int:report_id>/in-error", views.report_in_error, name="report_in_error"),
    path("inspections/<int:report_id>/action-plan.xlsx", views.plan_file, {"kind": "xlsx"}, name="plan_xlsx"),
    path("inspections/<int:report_id>/action-plan.docx", views.plan_file, {"kind": "docx"}, name="plan_docx"),
    path("inspections/<int:report_id>/recommendations/add", views.add_recommendation, name="add_recommendation"),
    path(
        "inspections/recommendations/<int:recommendation_id>/change",
        views.change_recommendation,
        name="change_recommendation",
    ),
    path(
        "inspections/recommendations/<int:recommendation_id>/in-error",
        views.recommendation_in_error,
        name="recommendation_in_error",
    ),
    path("inspections/recommendations/<int:recommendation_id>/actions/add", views.add_answer, name="add_answer"),
    path(
        "inspections/recommendations/<int:recommendation_id>/actions/known",
        views.add_known_answer,
        name="add_known_answer",
    ),
    path("inspections/answers/<int:answer_id>/in-error", views.answer_in_error, name="answer_in_error"),
    path("inspections/answers/<int:answer_id>/wording", views.word_answer, name="word_answer"),
]
