"""Addresses of actions."""

from django.urls import path

from openyj.actions import file_views, limit_views, views

app_name = "actions"
urlpatterns = [
    path("actions", views.register, name="register"),
    path("actions/messages", views.reminders, name="reminders"),
    path("actions/add", views.add, name="add"),
    path("actions/files", file_views.everywhere, name="find_files"),
    path("actions/<int:action_id>", views.action, name="action"),
    path("actions/<int:action_id>/change", views.change, name="change"),
    path("actions/<int:action_id>/progress", views.progress, name="progress"),
    path("actions/<int:action_id>/done", views.done, name="done"),
    path("actions/<int:action_id>/reopen", views.reopen, name="reopen"),
    path("actions/<int:action_id>/colour", views.colour, name="colour"),
    path("actions/<int:action_id>/in-error", views.in_error, name="in_error"),
    path("actions/<int:action_id>/files/add", file_views.add, name="add_file"),
    path("actions/<int:action_id>/files/<int:action_file_id>", file_views.file, name="file"),
    path("actions/<int:action_id>/files/<int:action_file_id>/open", file_views.open_file, name="open_file"),
    path("actions/<int:action_id>/files/<int:action_file_id>/small", file_views.small, name="small_file"),
    path("actions/<int:action_id>/files/<int:action_file_id>/change", file_views.change, name="change_file"),
    path("actions/<int:action_id>/files/<int:action_file_id>/in-error", file_views.in_error, name="file_in_error"),
    path("children/<int:child_id>/actions", views.of_child_page, name="of_child"),
    path("children/<int:child_id>/actions/add", views.add_of_child, name="add_of_child"),
    path("reference/time-limits", limit_views.limits, name="limits"),
    path("reference/time-limits/add", limit_views.add_limit, name="add_limit"),
    path("reference/time-limits/begin", limit_views.begin, name="begin_limits"),
    path("reference/time-limits/<int:limit_id>", limit_views.limit, name="limit"),
    path("reference/time-limits/<int:limit_id>/change", limit_views.change_limit, name="change_limit"),
    path("reference/time-limits/<int:limit_id>/correct", limit_views.correct_limit, name="correct_limit"),
    path("reference/time-limits/<int:limit_id>/end", limit_views.end_limit, name="end_limit"),
    path("reference/bank-holidays", limit_views.bank_holidays, name="bank_holidays"),
    path("reference/bank-holidays/add", limit_views.add_bank_holiday, name="add_bank_holiday"),
    path("reference/bank-holidays/<int:holiday_id>/in-error", limit_views.holiday_in_error, name="holiday_in_error"),
]
