"""The reasons of decisions are in the entries; an entry says nothing in the new column where it has none, and keeps its hash."""

import django.db.models.deletion
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed

CLOSES = "an entry can only be closed, once"
SAYS = "a published reason stays as it was published"
OF_ENTRY = (
    "entry_number", "listing_id", "scheme", "number", "name", "trading_names", "former_names", "company_number", "address",
    "telephone", "email", "website", "sectors", "supplies_to", "applied_on", "refused_from", "valid_from", "valid_until",
    "suspended_from", "suspended_until", "revoked_from", "appealed_from", "surrendered_from", "ended_from", "conditions",
    "condition_count", "named_people", "named_digests", "named_positions", "vehicles", "issued_by", "shown_from",
    "content_hash", "previous_hash", "hash",
)  # fmt: skip
OF_REASON = (
    "id", "listing_id", "kind", "standard", "sentence", "is_composed", "decision", "decided_on", "shown_from", "instead_of_id",
)  # fmt: skip


def closes(*columns):
    def rules(_vendor):
        when = f"OLD.shown_until IS NOT NULL OR NEW.shown_until IS NULL OR {changed(*columns)}"
        yield Guard("entry_closes_once", "registry_entry", "UPDATE", when, CLOSES)

    return rules


def of_reasons(_vendor):
    """Shown once, withdrawn once, and otherwise as it was made."""
    table = "registry_publicreason"
    again = "OLD.withdrawn_at IS NOT NULL OR OLD.shown_at IS NOT NULL AND NEW.shown_at IS DISTINCT FROM OLD.shown_at"
    yield Guard("public_reason_stays", table, "UPDATE", f"{again} OR {changed(*OF_REASON)}", SAYS)
    yield Guard("public_reason_no_delete", table, "DELETE", ALWAYS, SAYS)


class Migration(migrations.Migration):
    dependencies = [("registry", "0027_guarded_authorities")]
    operations = [
        guards.DropGuards("registry", closes(*OF_ENTRY)),
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="entry",
                name="reasons",
                field=models.JSONField(
                    help_text="kind, standard, on and sentence of each reason of a decision that the pack publishes",
                    null=True,
                ),
            ),
        ),
        guards.CreateGuards("registry", closes(*OF_ENTRY, "reasons")),
        migrations.CreateModel(
            name='PublicReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('refused', 'Refused'), ('condition', 'Condition'), ('revoked', 'Revoked'), ('surrendered', 'Surrendered')], max_length=20)),
                ('standard', models.CharField(blank=True, help_text='code of the standard; of a licence given up none', max_length=10)),
                ('sentence', models.JSONField(help_text='by language: English, and others where it is from the pack')),
                ('is_composed', models.BooleanField(help_text='in the words of the pack')),
                ('decision', models.CharField(help_text='reference of the decision', max_length=20)),
                ('decided_on', models.DateField()),
                ('shown_from', models.DateField(help_text='held back until this day')),
                ('shown_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('instead_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='registry.publicreason')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='registry.listing')),
            ],
            options={
                'indexes': [models.Index(fields=['decision'], name='public_reason_of_decision'), models.Index(condition=models.Q(('shown_at', None), ('withdrawn_at', None)), fields=['shown_from'], name='public_reason_held')],
            },
        ),
        guards.CreateGuards("registry", of_reasons),
    ]
