"""Addresses of the pages about the people around a child."""

from django.urls import path

from openyj.network.views import adding, record, relationships

app_name = "network"
OF = "children/<int:child_id>/network"
urlpatterns = [
    path(OF, record.network, name="network"),
    path(f"{OF}/find", adding.find, name="find"),
    path(f"{OF}/add", adding.add, name="add"),
    path(f"{OF}/add/known/<int:connection_id>", adding.add_known, name="add_known"),
    path(f"{OF}/add/record/<int:sibling_id>", adding.add_sibling, name="add_sibling"),
    path(f"{OF}/add-professional", adding.add_professional, name="add_professional"),
    path(f"{OF}/people/<int:connection_id>", record.connection, name="connection"),
    path(f"{OF}/people/<int:connection_id>/end", record.end_connection, name="end_connection"),
    path(f"{OF}/professionals/<int:professional_id>", record.professional, name="professional"),
    path(f"{OF}/professionals/<int:professional_id>/end", record.end_professional, name="end_professional"),
    path("network/words", relationships.relationships, name="relationships"),
    path("network/words/add", relationships.add_relationship, name="add_relationship"),
    path("network/words/<int:relationship_id>", relationships.end_relationship, name="end_relationship"),
]
