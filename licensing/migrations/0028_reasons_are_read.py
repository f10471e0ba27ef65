"""Who proposed what was not agreed says that they have read why; nothing else of it changes."""

from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard, changed, keeping_triggers

TABLE, ORDER = "licensing_decision", "a decision is not moved so"
STAYS = (
    "reference", "kind", "application_id", "licence_id", "condition_id", "transfer_id", "status", "starts", "takes_effect",
    "until", "immediate", "immediate_because", "because", "points", "score_proposes", "departs_because", "weighed",
    "proposed_by_id", "proposed_at", "notified_at", "reply_by", "decided_by_id", "decided_at", "decided_because", "despite",
    "appeal_by", "not_agreed_because", "not_agreed_by_id", "not_agreed_at", "instead_of_id",
)


def former(_vendor):
    yield Guard("decision_not_agreed_stays", TABLE, "UPDATE", "OLD.status = 'not_agreed'", ORDER)


def now(_vendor):
    read_once = "OLD.reason_read_at IS NULL AND NEW.reason_read_at IS NOT NULL"
    stays = f"OLD.status = 'not_agreed' AND ({changed(*STAYS)} OR NOT ({read_once}))"
    yield Guard("decision_not_agreed_stays", TABLE, "UPDATE", stays, ORDER)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0027_reasons_are_corrected")]

    operations = [
        *keeping_triggers(
            migrations.AddField(
                model_name="decision",
                name="reason_read_at",
                field=models.DateTimeField(blank=True, help_text="when it was said that the reason was read", null=True),
            ),
        ),
        guards.DropGuards("licensing", former),
        guards.CreateGuards("licensing", now),
    ]
