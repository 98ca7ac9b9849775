"""`count_rows`: how many rows each table holds, to see that a restore is whole."""

from django.core.management.base import BaseCommand
from django.db import connection

from openyj.accounts.protection import PASSING, tables_and_columns
from openyj.accounts.scope import EVERY_SERVICE, acting


class Command(BaseCommand):
    help = "Print the number of rows of every table, but for sessions and the like."

    def handle(self, *args, **options) -> None:
        with acting(by=None, services=EVERY_SERVICE), connection.cursor() as cursor:
            for table in tables_and_columns(cursor):
                if table not in PASSING:
                    cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 (a name from the catalogue)
                    self.stdout.write(f"{table:<50} {cursor.fetchone()[0]:>12}")
