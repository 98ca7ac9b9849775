from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "openyj.outbox"
    label = "outbox"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.accounts.slots import account_lines
        from openyj.outbox import sending  # noqa: F401 (so that the worker knows its jobs)
        from openyj.outbox.views import calendar_row, messages_row

        register("Messages", "outbox:messages", permission=Permission.WATCH_BACKGROUND_WORK, order=93)
        account_lines.add("messages", messages_row)
        account_lines.add("calendar", calendar_row)
