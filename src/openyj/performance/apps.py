from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "openyj.performance"
    label = "performance"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission

        register("Performance", "performance:home", permission=Permission.SEE_FIGURES, order=40)
