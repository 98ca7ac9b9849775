from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "openyj.reports"
    label = "reports"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.reports import contributions, time_limits  # noqa: F401
        from openyj.reports.kinds import load_kinds

        load_after_migration(load_kinds)
        register("Court reports", "reports:reports", permission=Permission.SEE_REPORTS, order=17)
