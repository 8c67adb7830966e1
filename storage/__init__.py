"""Storage: units of work on SQLite or PostgreSQL. Rows never leave this package."""

import logging

from storage.database import Database
from storage.unit import Unit

__all__ = ["Database", "Unit"]

# Where nobody asked for a log, as in a command, nothing of it belongs on the terminal.
logging.getLogger(__name__).addHandler(logging.NullHandler())
