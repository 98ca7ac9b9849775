from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "openyj.core"
    label = "core"
