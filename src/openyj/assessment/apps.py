from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "openyj.assessment"
    label = "assessment"

    def ready(self) -> None:
        from openyj.assessment import contributions, milestones, time_limits, workload  # noqa: F401
        from openyj.questionnaires.loading import ship

        ship("openyj.assessment")
