"""Addresses of the pages about casework."""

from django.urls import path

from openyj.casework import co_defendant_views, views

app_name = "casework"
urlpatterns = [
    path("children/offence-codes", views.offence_codes, name="offence_codes"),
    path("children/<int:child_id>/offences", views.offences, name="offences"),
    path("children/<int:child_id>/offences/add", views.add_offence, name="add_offence"),
    path("children/<int:child_id>/co-defendants/find", co_defendant_views.find, name="find_co_defendant"),
    path("children/<int:child_id>/co-defendants/add", co_defendant_views.add, name="add_co_defendant"),
    path(
        "children/<int:child_id>/co-defendants/add/<int:record_id>", co_defendant_views.link, name="link_co_defendant"
    ),
    path(
        "children/<int:child_id>/co-defendants/<int:together_id>", co_defendant_views.co_defendant, name="co_defendant"
    ),
    path("children/<int:child_id>/hearings/add", views.add_hearing, name="add_hearing"),
    path("children/<int:child_id>/outcomes/add", views.add_outcome, name="add_outcome"),
    path("children/<int:child_id>/police-bail/add", views.add_police_bail, name="add_police_bail"),
    path("children/<int:child_id>/first-contacts/add", views.add_first_contact, name="add_first_contact"),
    path("children/<int:child_id>/programmes", views.programmes, name="programmes"),
    path("children/<int:child_id>/programmes/add", views.add_programme, name="add_programme"),
    path("children/<int:child_id>/transfers/add", views.add_transfer, name="add_transfer"),
]
