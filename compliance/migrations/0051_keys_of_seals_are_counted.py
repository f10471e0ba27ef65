"""How many identities are sealed with which key, for the role of the pages, which reads no seal.

It takes no argument, so that no one learns a seal by asking how many begin in some way.
"""

from django.db import migrations

from registry.migrations import _guards as guards

COUNTED = "compliance_keys_of_seals()"
COUNT = f"""CREATE FUNCTION {COUNTED} RETURNS TABLE (kind text, mark text, number bigint)
       LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
         SELECT kind, CASE WHEN sealed ~ '^[0-9a-f]{{8}}[.]' THEN left(sealed, 8) ELSE '' END, count(*)
         FROM (SELECT 'compliance_sealedidentity', sealed FROM compliance_sealedidentity
               UNION ALL SELECT 'compliance_sealedperson', sealed FROM compliance_sealedperson) AS both_tables (kind, sealed)
         GROUP BY 1, 2 $$"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0050_former_keys_of_mailboxes")]
    operations = [
        guards.on_postgresql(
            [COUNT, f"REVOKE ALL ON FUNCTION {COUNTED} FROM PUBLIC"],
            [f"DROP FUNCTION {COUNTED}"],
        ),
    ]
