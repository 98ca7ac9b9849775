"""Addresses of the delay clock."""

from django.urls import path

from openyj.delays import turn_views, views

app_name = "delays"
urlpatterns = [
    path("how-long", views.service, name="service"),
    path("how-long/children", views.children, name="children"),
    path("how-long/spreadsheet", views.export, name="export"),
    path("children/<int:child_id>/how-long", views.of_child_page, name="of_child"),
    path("reference/whose-days", turn_views.turns, name="turns"),
    path("reference/whose-days/<int:turn_id>/change", turn_views.change_turn, name="change_turn"),
    path("reference/whose-days/<int:turn_id>/correct", turn_views.correct_turn, name="correct_turn"),
]
