from django.apps import AppConfig


class CircumstancesConfig(AppConfig):
    name = "openyj.circumstances"
    label = "circumstances"

    def ready(self) -> None:
        from openyj.circumstances import contributions  # noqa: F401
