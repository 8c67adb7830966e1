"""Storage: units of work on SQLite or PostgreSQL. Rows never leave this package."""

from storage.database import Database
from storage.unit import Unit

__all__ = ["Database", "Unit"]
