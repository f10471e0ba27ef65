"""What may be written to a log: never who looked up whom (docs/rules.md G15)."""

import logging
import re

from django.conf import settings

QUERY = re.compile(r"\?[^\s\"']*")
#: A file of the program in a traceback is no address that somebody asked for, wherever the service is installed.
FRAME = re.compile(r'^\s*File "[^"\n]*"', re.MULTILINE)


class Unlogged(logging.Filter):
    """Drops every line that speaks of an address below `settings.UNLOGGED_PATHS`, and the query of every other address."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        record.msg, record.args = QUERY.sub("", line), None
        asked = f"{FRAME.sub('', line)} {getattr(getattr(record, 'request', None), 'path', '')}"
        return not any(path in asked for path in settings.UNLOGGED_PATHS)
