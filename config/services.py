"""What the service needs around it, each asked by connecting: `manage.py check_services` prints the answers."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from config import sealed
from config.ready import migrations_are_applied
from registry.directory_service import IdentityProvider, citizens_provider, provider, saml, staff_directory
from registry.trail.models.events import Event
from registry.uploads import ScanVerdict, StorageArea, storage
from registry.uploads.scanner import scanned

#: Below this the database lacks what we ask of it (docs/operations.md).
OLDEST_POSTGRESQL = 150_000
PROBE = b"A probe of check_services; it may be deleted."
CLEAN = {ScanVerdict.CLEAN, ScanVerdict.NOT_SCANNED}
#: What the role of the pages may not do, as the roles of PostgreSQL have it.
MAY = """
    SELECT has_table_privilege(%(events)s, 'INSERT') AND has_table_privilege(%(events)s, 'SELECT'),
           pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = %(events)s::regclass), 'USAGE'),
           has_column_privilege('compliance_sealedidentity', 'sealed', 'SELECT'),
           current_user
"""


class NotUsable(Exception):
    """What was asked does not do what the service needs of it, in words for the operator."""


@dataclass(frozen=True, slots=True)
class ServiceCheck:
    name: str
    is_good: bool
    words: str


def check_all() -> Iterator[ServiceCheck]:
    """One after the other, so that each is printed as soon as it is known."""
    return map(check, ASKED)


def check(name: str) -> ServiceCheck:
    """Ask one of `ASKED`; a fault of any kind is an answer too."""
    try:
        return ServiceCheck(name, True, ASKED[name]())
    except Exception as fault:  # whatever it is, the others are asked too
        words = " ".join(str(fault).split()) or type(fault).__name__
        return ServiceCheck(name, False, words)


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]} at {connection.settings_dict['NAME']}"
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
    if version < OLDEST_POSTGRESQL:
        raise NotUsable(f"PostgreSQL {version // 10_000} is too old: it needs {OLDEST_POSTGRESQL // 10_000}.")
    return f"PostgreSQL {version // 10_000} at {connection.settings_dict['HOST'] or 'a socket of this machine'}"


def _tables() -> str:
    if not migrations_are_applied():
        raise NotUsable("Migrations are missing: run manage.py set_up.")
    return "no migration is missing"


def _role() -> str:
    """The pages may write the trail, own no table (an owner can drop its triggers), and read no seal."""
    if connection.vendor == "sqlite":
        return "SQLite has no roles"
    with connection.cursor() as cursor:
        cursor.execute(MAY, {"events": Event._meta.db_table})
        may_write, is_owner, reads_seals, name = cursor.fetchone()
    if is_owner:
        raise NotUsable(f"{name} owns the tables, and could drop the triggers that keep the trail: use another role.")
    if not may_write:
        raise NotUsable(f"{name} may not write the trail: set_up grants it, with OWNER_DATABASE_URL.")
    if reads_seals:
        raise NotUsable(f"{name} may read who a source is: run set_up, with OWNER_DATABASE_URL.")
    return f"{name} may write the trail, and owns nothing"


def _seals() -> str:
    found = sealed.in_all(sealed.counts())
    if found.missing:
        raise NotUsable(sealed.verdict(found))
    return sealed.verdict(found)


def _replica() -> str:
    if "replica" not in settings.DATABASES:
        return "none is set"
    replica: BaseDatabaseWrapper = connections["replica"]
    with replica.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        if not cursor.fetchone()[0]:
            raise NotUsable("REGISTER_DATABASE_URL does not lead to a replica.")
    return "it follows"


def _pooler() -> str:
    """It lends connections that have the limits of the pages, which it cannot be told by us."""
    if not settings.POOLED:
        return "none is set"
    through = ConnectionHandler(settings.POOLED)
    for alias, given in settings.POOLED.items():
        with closing(through[alias]) as lent, lent.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('statement_timeout'), current_setting('default_transaction_read_only')"
            )
            timeout, reads_only = cursor.fetchone()
        if timeout in ("0", "") or (reads_only == "on") is not (alias == "register"):
            raise NotUsable(
                f"{given['NAME']} has not the limits that docs/serving/pgbouncer.ini gives it (connect_query)."
            )
    return f"{settings.POOLED['default']['HOST']}:{settings.POOLED['default']['PORT']} lends with limits"


def _mail() -> str:
    if not settings.DEFAULT_FROM_EMAIL:
        raise NotUsable("DEFAULT_FROM_EMAIL is not set: no mail would have a sender.")
    mail: Any = get_connection()
    mail.open()
    mail.close()
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return f"{settings.EMAIL_BACKEND}: not asked"
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers"


def _scanner() -> str:
    if not settings.CLAMD_ADDRESS:
        raise NotUsable("CLAMD_ADDRESS is not set: documents are held, and no one can open them.")
    if scanned(PROBE) not in CLEAN:
        raise NotUsable(f"{settings.CLAMD_ADDRESS} does not answer, or cannot tell.")
    return f"{settings.CLAMD_ADDRESS} answers"


def _storage() -> str:
    """Written, read and removed again, as documents are."""
    name = f"probe{secrets.token_hex(8)}"
    storage.keep(StorageArea.HELD, name, PROBE)
    try:
        if storage.read(StorageArea.HELD, name) != PROBE:
            raise NotUsable("What was written was read back differently.")
    finally:
        storage.discard(StorageArea.HELD, name)
    return str(settings.STORAGES["documents"]["BACKEND"])


def _directory() -> str:
    """What each provider offers, and the keys with which it signs, as they are now."""
    found = [one for one in (staff_directory(), citizens_provider()) if one is not None]
    return ", ".join(map(_offer_of, found)) or "none is set"


def _offer_of(one: IdentityProvider) -> str:
    if one.is_saml:
        return f"{one.issuer}, whose certificate holds until {saml.certificates_until(one):%Y-%m-%d}"
    if not provider.fetch_keys(provider.discover(one)).get("keys"):
        raise NotUsable(f"{one.issuer} has no keys.")
    return f"{one.issuer} answers"


def _folders() -> str:
    places = [settings.VAR_DIR]
    places += [Path(file).parent for file in (settings.TRAIL_HEAD_FILE, settings.LIMITS_FILE) if file]
    for folder in dict.fromkeys(map(Path, places)):
        probe = folder / f"probe{secrets.token_hex(8)}"
        probe.write_bytes(PROBE)
        probe.unlink()
    if not Path(settings.STATIC_ROOT).is_dir():
        raise NotUsable(f"{settings.STATIC_ROOT} is missing: run manage.py set_up.")
    return ", ".join(str(folder) for folder in dict.fromkeys(places))


ASKED: dict[str, Callable[[], str]] = {
    "database": _database,
    "tables": _tables,
    "role": _role,
    "seals": _seals,
    "replica": _replica,
    "pooler": _pooler,
    "mail": _mail,
    "scanner": _scanner,
    "documents": _storage,
    "directory": _directory,
    "folders": _folders,
}
