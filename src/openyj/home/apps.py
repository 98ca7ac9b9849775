from django.apps import AppConfig

from openyj.accounts import navigation


class HomeConfig(AppConfig):
    name = "openyj.home"
    label = "home"

    def ready(self) -> None:
        navigation.register("My work", "home:home", permission=None, order=0)
