from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "openyj.meetings"
    label = "meetings"
