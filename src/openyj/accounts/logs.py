"""Log lines that cannot give a child away: the kind of error and where in our code, never the message or the data."""

from __future__ import annotations

import logging
import traceback


class PlainLine(logging.Formatter):
    """Time, level, logger, message template without its arguments' values for errors, and the code lines of a failure.

    An exception's own text can quote a row ("duplicate key value (name)=..."), so it is left out.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record = logging.makeLogRecord(record.__dict__)
        request = getattr(record, "request", None)
        if request is not None:
            record.msg, record.args = "%s %s", (request.method, request.resolver_match and request.resolver_match.route)
        exception, record.exc_info, record.exc_text = record.exc_info, None, None
        line = super().format(record)
        if exception and exception[0]:
            where = [f"{f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(exception[2])[-6:]]
            line += "\n" + "\n".join([f"  {w}" for w in where] + [f"  {exception[0].__name__}"])
        return line
