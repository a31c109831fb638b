"""Logging for people and machines: one JSON object a line on stderr, quiet unless asked."""

from __future__ import annotations

import json
import logging
import sys

_LEVELS = (logging.ERROR, logging.INFO, logging.DEBUG)


class JsonLines(logging.Formatter):
    """A log record as a JSON object: time, level, logger, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        row = {
            "time": self.formatTime(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            row["traceback"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False)


def start(verbosity: int) -> None:
    """Log the program's own events to stderr: errors only, or progress (1), or everything (2)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("extractor")
    logger.handlers = [handler]
    logger.propagate = False
    logger.setLevel(_LEVELS[min(verbosity, len(_LEVELS) - 1)])
