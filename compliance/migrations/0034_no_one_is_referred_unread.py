from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard

FILES = "SELECT 1 FROM compliance_prosecutorfile f WHERE f.case_id = NEW.id"
UNREAD = "a case is referred once two people have read its last file"
KEPT = "a result is recorded once the prosecutor has the file"


def referrals(_vendor):
    last_was_read = f"""EXISTS ({FILES} AND f.read_by_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM compliance_prosecutorfile later WHERE later.case_id = f.case_id AND later.number > f.number))"""
    table = "compliance_unlicensedcase"
    refers = "NEW.status = 'referred' AND OLD.status <> 'referred'"
    ends = "OLD.status = 'referred' AND NEW.status = 'closed'"
    handed = f"EXISTS ({FILES} AND f.handed_on IS NOT NULL)"
    yield Guard("case_referred_once_read", table, "UPDATE", f"{refers} AND NOT {last_was_read}", UNREAD)
    yield Guard("case_result_once_handed_over", table, "UPDATE", f"{ends} AND NOT {handed}", KEPT)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0032_ties_have_a_direction")]
    operations = [guards.CreateGuards("compliance", referrals)]
