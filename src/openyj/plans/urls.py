"""Addresses of the Plan."""

from django.urls import path

from openyj.plans import section_views, views

app_name = "plans"
urlpatterns = [
    path("plans", views.home, name="home"),
    path("plans/start", views.start, name="start"),
    path("plans/<int:starts>", views.plan, name="plan"),
    path("plans/<int:starts>/preview", views.preview, name="preview"),
    path("plans/<int:starts>/changes", views.changes, name="changes"),
    path("plans/<int:starts>/freeze", views.freeze, name="freeze"),
    path("plans/<int:starts>/draft/<str:format>", views.produce, name="produce"),
    path("plans/<int:starts>/versions/<int:number>", views.version, name="version"),
    path("plans/<int:starts>/sections/<slug:key>", section_views.section, name="section"),
]
