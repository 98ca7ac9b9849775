from django.apps import AppConfig


class CourtConfig(AppConfig):
    name = "openyj.court"
    label = "court"

    def ready(self) -> None:
        from openyj.court import contributions  # noqa: F401
