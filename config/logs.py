"""What may be written to a log: never who looked up whom (trust.md G15)."""

import logging

from django.conf import settings


class Unlogged(logging.Filter):
    """Leaves out every line that speaks of an address below `settings.UNLOGGED_PATHS`."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        return not any(path in line for path in settings.UNLOGGED_PATHS)
