"""Addresses of the pages about children."""

from django.urls import path

from openyj.people.views import facts, files, guarding, record, search

app_name = "people"
urlpatterns = [
    path("children/", search.children, name="children"),
    path("children/find", search.find, name="search"),
    path("children/files", files.everywhere, name="find_files"),
    path("children/add", search.add_child, name="add_child"),
    path("children/opened", guarding.openings, name="openings"),
    path("children/opened/<int:opening_id>/reviewed", guarding.review, name="review_opening"),
    path("children/<int:child_id>", record.overview, name="child"),
    path("children/<int:child_id>/why", guarding.reason, name="reason"),
    path("children/<int:child_id>/timeline", record.timeline, name="timeline"),
    path("children/<int:child_id>/addresses", record.addresses, name="addresses"),
    path("children/<int:child_id>/addresses/add", record.add_address, name="add_address"),
    path("children/<int:child_id>/files", files.on_record, name="files"),
    path("children/<int:child_id>/files/add", files.add, name="add_file"),
    path("children/<int:child_id>/files/<int:child_file_id>/open", files.open_file, name="open_file"),
    path("children/<int:child_id>/files/<int:child_file_id>/small", files.small, name="small_file"),
    path("children/<int:child_id>/details", record.details, name="details"),
    path("children/<int:child_id>/details/change", record.change_details, name="change_details"),
    path("children/<int:child_id>/details/who-may-open", guarding.restrict, name="restrict"),
    path("children/<int:child_id>/details/conflicts", guarding.conflicts, name="conflicts"),
    path(
        "children/<int:child_id>/details/conflicts/<int:conflict_id>/take-back",
        guarding.lift_conflict,
        name="lift_conflict",
    ),
    path("children/<int:child_id>/details/in-error", facts.child_in_error, name="child_in_error"),
    path("children/<int:child_id>/history", record.record_history, name="history"),
    path("children/<int:child_id>/looked", record.looked, name="looked"),
    path("children/<int:child_id>/print", record.printed, name="print"),
    path("children/<int:child_id>/printed", record.note_print, name="note_print"),
    path("children/<int:child_id>/<slug:kind>/<int:pk>", facts.fact, name="fact"),
    path("children/<int:child_id>/<slug:kind>/<int:pk>/change", facts.change, name="change_fact"),
    path("children/<int:child_id>/<slug:kind>/<int:pk>/in-error", facts.in_error, name="in_error"),
]
