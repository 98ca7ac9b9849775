from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "openyj.jobs"
    label = "jobs"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.accounts.slots import account_lines
        from openyj.jobs import housekeeping, queue  # noqa: F401
        from openyj.jobs.views import jobs_row

        register("Background work", "jobs:all", permission=Permission.WATCH_BACKGROUND_WORK, order=92)
        account_lines.add("jobs", jobs_row)
