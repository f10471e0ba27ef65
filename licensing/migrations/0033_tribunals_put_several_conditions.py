"""A tribunal can put several conditions: those after the first are a list, which stays as it was written like the rest of the outcome."""

from importlib import import_module

from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard, same

appeals = import_module("licensing.migrations.0003_guards_of_conditions_appeals_and_transfers")
before = import_module("licensing.migrations.0021_guards_of_files_and_appeals")


def keeps(*ended):
    def rules(_vendor):
        # Until it is carried out an outcome is corrected by a person, at a time.
        uncorrected = f"(NEW.status <> 'ended' OR {same('ended_at', 'ended_by_id')})"
        written = f"OLD.status IN ('ended', 'sent_back') AND {uncorrected} AND NOT ({same(*ended)})"
        kept = f"NOT ({same('decision_id', 'reference')}) OR ({written})"
        yield Guard("appeal_keeps", before.APPEAL, "UPDATE", kept, appeals.APPEAL_KEEPS)

    return rules


class Migration(migrations.Migration):
    dependencies = [("licensing", "0032_erasures_by_two")]
    operations = [
        guards.DropGuards("licensing", keeps(*before.ENDED)),
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="appeal",
                name="put_more",
                field=models.JSONField(
                    blank=True, help_text="further conditions: standard, requirement, due_on", null=True
                ),
            ),
        ),
        guards.CreateGuards("licensing", keeps(*before.ENDED, "put_more")),
    ]
