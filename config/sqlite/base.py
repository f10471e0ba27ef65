"""SQLite that seals what the trail covers before each commit (config/sealing.py)."""

from django.db.backends.sqlite3 import base

from config.sealing import SealsBeforeCommit


class DatabaseWrapper(SealsBeforeCommit, base.DatabaseWrapper):
    pass
