from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "openyj.performance"
    label = "performance"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.performance import national_work  # noqa: F401  the worker must know what can be asked of it

        register("Performance", "performance:home", permission=Permission.SEE_FIGURES, order=40)
        register("National view", "performance:national", permission=Permission.COMPARE_SERVICES, order=41)
