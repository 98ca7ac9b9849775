"""Addresses of messages and calendars. The feed's own address says nothing of either."""

from django.urls import path

from openyj.outbox import views

app_name = "outbox"
urlpatterns = [
    path("messages/", views.all_messages, name="messages"),
    path("messages/test", views.send_test, name="send_test"),
    path("messages/words", views.wordings, name="wordings"),
    path("messages/words/<str:name>", views.change_wording, name="change_wording"),
    path("messages/<int:message_id>", views.message, name="message"),
    path("messages/<int:message_id>/works-again", views.works_again, name="works_again"),
    path("account/calendar", views.calendar, name="calendar"),
    path("account/calendar/make", views.make_calendar, name="make_calendar"),
    path("account/calendar/revoke", views.revoke_calendar, name="revoke_calendar"),
    path("c/<str:secret>.ics", views.feed, name="feed"),
]
