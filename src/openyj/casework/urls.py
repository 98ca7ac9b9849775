"""Addresses of the pages about casework."""

from django.urls import path

from openyj.casework import co_defendant_views, views
from openyj.casework.orders import page, word_views
from openyj.casework.orders import views as orders

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
    path("children/<int:child_id>/orders", page.orders, name="orders"),
    path("children/<int:child_id>/requirements/add", orders.add_requirement, name="add_requirement"),
    path("children/<int:child_id>/requirement-hours/add", orders.add_hours, name="add_hours"),
    path("children/<int:child_id>/appeals/add", orders.add_appeal, name="add_appeal"),
    path("children/<int:child_id>/contracts/add", orders.add_contract, name="add_contract"),
    path("children/<int:child_id>/order-changes/add", orders.add_order_change, name="add_order_change"),
    path("children/<int:child_id>/custody/add", orders.add_custody, name="add_custody"),
    path("children/<int:child_id>/order-transfers/add", orders.add_order_transfer, name="add_order_transfer"),
    path("orders/words", word_views.words, name="words"),
    path("orders/words/add", word_views.add_word, name="add_word"),
    path("orders/words/<int:case_word_id>", word_views.end_word, name="end_word"),
]
