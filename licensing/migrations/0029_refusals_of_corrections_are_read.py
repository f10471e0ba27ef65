"""Who proposed a correction of a letter says that they have read why it was refused; nothing else of it changes."""

from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard, changed, keeping_triggers

TABLE, STAYS = "licensing_lettercorrection", "a correction stays as it was proposed"
PROPOSED = ("letter_id", "wrong", "right", "because", "proposed_by_id", "proposed_at")
ENDED = (*PROPOSED, "reference", "status", "ended_by_id", "ended_at", "refused_because")


def former(_vendor):
    yield Guard("correction_stays", TABLE, "UPDATE", f"OLD.status <> 'proposed' OR {changed(*PROPOSED)}", STAYS)


def now(_vendor):
    read_once = "OLD.refusal_read_at IS NULL AND NEW.refusal_read_at IS NOT NULL"
    ended = f"OLD.status = 'sent' OR (OLD.status = 'refused' AND ({changed(*ENDED)} OR NOT ({read_once})))"
    early = "OLD.status = 'proposed' AND NEW.refusal_read_at IS NOT NULL"
    yield Guard("correction_stays", TABLE, "UPDATE", f"{ended} OR {early} OR {changed(*PROPOSED)}", STAYS)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0028_reasons_are_read")]

    operations = [
        *keeping_triggers(
            migrations.AddField(
                model_name="lettercorrection",
                name="refusal_read_at",
                field=models.DateTimeField(
                    blank=True, help_text="when the proposer said that they read why it was refused", null=True
                ),
            ),
        ),
        guards.DropGuards("licensing", former),
        guards.CreateGuards("licensing", now),
    ]
