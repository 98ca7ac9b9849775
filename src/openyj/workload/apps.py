from django.apps import AppConfig


class WorkloadConfig(AppConfig):
    name = "openyj.workload"
    label = "workload"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.workload import contributions  # noqa: F401

        register("Workload", "workload:workloads", permission=Permission.SEE_WORKLOAD, order=40)
