"""Addresses of actions."""

from django.urls import path

from openyj.actions import views

app_name = "actions"
urlpatterns = [
    path("actions", views.register, name="register"),
    path("actions/add", views.add, name="add"),
    path("actions/<int:action_id>", views.action, name="action"),
    path("actions/<int:action_id>/change", views.change, name="change"),
    path("actions/<int:action_id>/progress", views.progress, name="progress"),
    path("actions/<int:action_id>/done", views.done, name="done"),
    path("actions/<int:action_id>/reopen", views.reopen, name="reopen"),
    path("actions/<int:action_id>/colour", views.colour, name="colour"),
    path("actions/<int:action_id>/in-error", views.in_error, name="in_error"),
    path("children/<int:child_id>/actions", views.of_child_page, name="of_child"),
    path("children/<int:child_id>/actions/add", views.add_of_child, name="add_of_child"),
]
