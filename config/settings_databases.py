"""The settings of databases: the primary, the same for the look-up, the replica, and the owner of the tables."""

from typing import Any

import dj_database_url

from config.environment import VAR_DIR, env, limits, secret

STATEMENT_SECONDS = float(env("STATEMENT_SECONDS", "30"))
LOOK_UP_SECONDS = float(env("LOOK_UP_SECONDS", "3"))
LOOK_UP_LIMITS = limits(LOOK_UP_SECONDS, lock=1, reads_only=True)
# IMMEDIATE makes the whole transaction the lock on SQLite, where select_for_update does nothing.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=1073741824;",
}
# Empty: SQLite below VAR_DIR, which a deploy check refuses: nobody should come to that by leaving a line out.
DATABASE_URL = secret("DATABASE_URL", "")
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        DATABASE_URL or f"sqlite:///{VAR_DIR / 'registry.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
# The owner of the tables, under whose name `set_up` alone works (docs/operations.md); empty: the role of DATABASE_URL.
OWNER_DATABASE_URL = secret("OWNER_DATABASE_URL", "")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"ENGINE": "config.sqlite", "OPTIONS": SQLITE_OPTIONS}
else:
    DATABASES["default"] |= {
        "ENGINE": "config.postgresql",
        "OPTIONS": DATABASES["default"].get("OPTIONS", {})
        | limits(STATEMENT_SECONDS, lock=float(env("LOCK_SECONDS", "20"))),
    }
    # The same for the look-up: it reads only, and gives up sooner (public_lookup/lookup/queries/replica.py).
    DATABASES["register"] = DATABASES["default"] | {"OPTIONS": DATABASES["default"]["OPTIONS"] | LOOK_UP_LIMITS}
REGISTER_DATABASE_URL = secret("REGISTER_DATABASE_URL", "")
if REGISTER_DATABASE_URL:
    replica = dj_database_url.parse(REGISTER_DATABASE_URL, conn_max_age=600, conn_health_checks=True)
    DATABASES["replica"] = replica | {
        "ENGINE": "config.postgresql",
        "OPTIONS": replica.get("OPTIONS", {}) | LOOK_UP_LIMITS,
    }
# A pooler in front of the primary (docs/operations.md), for the pages alone: commands take as long as they need, and a
# pooler lends its connections with limits of its own. The look-up has a database of another name there.
POOLER_URL = secret("POOLER_URL", "")
SERVES_PAGES = bool(env("SERVES_PAGES", ""))  # config/serve.py says so
POOLED: dict[str, Any] = {}
if POOLER_URL:
    pooled = dj_database_url.parse(POOLER_URL, conn_max_age=600, conn_health_checks=True)
    pooled |= {"ENGINE": "config.postgresql"}
    for alias, name, seconds in (
        ("default", pooled["NAME"], STATEMENT_SECONDS),
        ("register", f"{pooled['NAME']}_look_up", LOOK_UP_SECONDS),
    ):
        lent = {key: value for key, value in limits(seconds, lock=0).items() if key != "options"}
        POOLED[alias] = pooled | {"NAME": name, "OPTIONS": pooled.get("OPTIONS", {}) | lent | {"pooled": True}}
    if SERVES_PAGES:
        DATABASES |= POOLED
DATABASE_ROUTERS = ["public_lookup.lookup.queries.replica.Router"]
