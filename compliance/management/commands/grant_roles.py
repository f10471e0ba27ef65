"""On PostgreSQL: give the role under which the pages run what it needs, and keep the identities of sources from it."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    # Who a source is: put in, and erased by its key with a trace; it comes out by the function alone, which writes the look down.
    "REVOKE ALL ON compliance_sealedidentity FROM {role}",
    "GRANT INSERT, DELETE, SELECT (source_id) ON compliance_sealedidentity TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON compliance_identitylook FROM {role}",
    "GRANT EXECUTE ON FUNCTION compliance_open_identity(bigint, text, text, timestamptz) TO {role}",
    # Who may be a victim: put in, sealed anew and erased by its key; it comes out by the function alone.
    "REVOKE ALL ON compliance_sealedperson FROM {role}",
    "GRANT INSERT, DELETE, UPDATE (sealed), SELECT (referral_id) ON compliance_sealedperson TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON compliance_personlook FROM {role}",
    "GRANT EXECUTE ON FUNCTION compliance_open_person(bigint, text, text, timestamptz) TO {role}",
    "GRANT EXECUTE ON FUNCTION compliance_keys_of_seals() TO {role}",
)


class Command(BaseCommand):
    help = "Give a role of PostgreSQL, which owns nothing, what the pages need; not the identities of sources."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="of the server that shows the pages; made before with CREATE ROLE")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no roles: the seal and the actions protect what the vault holds.")
        if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
            raise CommandError("The name of a role is small letters, digits and underscores.")
        with transaction.atomic(), connection.cursor() as cursor:
            for grant in GRANTS:
                cursor.execute(grant.format(role=role))
        self.stdout.write(f"{role} may do what the pages do, and cannot read who a source is.")
