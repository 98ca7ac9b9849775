from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "openyj.meetings"
    label = "meetings"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.meetings import calendars, threads  # noqa: F401

        register("Meetings", "meetings:boards", permission=Permission.SEE_MEETINGS, order=44)
