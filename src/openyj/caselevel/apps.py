from django.apps import AppConfig


class CaselevelConfig(AppConfig):
    name = "openyj.caselevel"
    label = "caselevel"
