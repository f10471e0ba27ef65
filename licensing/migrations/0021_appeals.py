"""Appeals. What the rules say with reasons holds for whoever comes by SQL, on both engines: as in 0013."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

chain = import_module("licensing.migrations.0013_grounds_evidence_and_replies")
conflicts = import_module("licensing.migrations.0014_no_part_in_a_conflict")

BEGINS = "an appeal begins as one that is told of, against a decision that has been taken"
CLOSED = "an appeal that is over does not change"
KEEPS = "what was appealed against, and how the appeal ended, does not change"
ORDER = "an appeal is not moved so"
MOVES = {
    "told": ("received", "disregarded"),
    "received": ("acknowledged", "ended"),
    "acknowledged": ("with_tribunal", "ended"),
    "with_tribunal": ("listed", "ended"),
    "listed": ("ended",),
    "ended": ("closed",),
}
ORGANISATION = """(SELECT COALESCE((SELECT organisation_id FROM licensing_application WHERE id = decision.application_id),
                               (SELECT organisation_id FROM registry_licence WHERE id = decision.licence_id))
               FROM licensing_decision decision WHERE decision.id = NEW.decision_id)"""


def rules(vendor):
    table = "licensing_appeal"
    in_order = " OR ".join(
        f"OLD.status = '{before}' AND NEW.status IN ({', '.join(repr(one) for one in after)})"
        for before, after in MOVES.items()
    )
    ended = chain.same(vendor, "outcome", "ended_on", "effect_on", "ended_by_id")
    conflicted = " OR ".join(
        conflicts._of(f"NEW.{column}", ORGANISATION) for column in ("received_by_id", "ended_by_id", "closed_by_id")
    )
    decided = "EXISTS (SELECT 1 FROM licensing_decision WHERE id = NEW.decision_id AND status = 'decided')"
    return {
        "appeal_begins_told": (table, "INSERT", f"NEW.status <> 'told' OR NOT {decided}", BEGINS),
        "appeal_over": (table, "UPDATE", "OLD.status IN ('closed', 'disregarded')", CLOSED),
        "appeal_delete": (table, "DELETE", "", CLOSED),
        "appeal_keeps": (
            table,
            "UPDATE",
            f"NOT ({chain.same(vendor, 'decision_id', 'reference')}) OR (OLD.status = 'ended' AND NOT ({ended}))",
            KEEPS,
        ),
        "appeal_moves_in_order": (
            table,
            "UPDATE",
            f"NOT ({chain.same(vendor, 'status')}) AND NOT ({in_order})",
            ORDER,
        ),
        "appeal_unconflicted": (
            table,
            "UPDATE",
            f"NOT ({chain.same(vendor, 'status')}) AND ({conflicted})",
            conflicts.CONFLICT,
        ),
    }


def plant(apps, schema_editor):
    chain.plant(apps, schema_editor, rules)


def pull_up(apps, schema_editor):
    chain.pull_up(apps, schema_editor, rules)


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0020_figures'),
        ('registry', '0028_revoked_under_appeal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('told', 'Told, to be confirmed'), ('received', 'Received, to be acknowledged'), ('acknowledged', 'Waiting for our reply'), ('with_tribunal', 'With the tribunal'), ('listed', 'Hearing fixed'), ('ended', 'Ended, to be carried out'), ('closed', 'Closed'), ('disregarded', 'No appeal arrived')], default='told', max_length=20)),
                ('is_over', models.GeneratedField(db_persist=True, expression=models.Q(('status__in', ['told', 'received', 'acknowledged', 'with_tribunal', 'listed', 'ended']), _negated=True), output_field=models.BooleanField())),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('sent_on', models.DateField(blank=True, help_text='when the appellant says that it sent the notice', null=True)),
                ('received_on', models.DateField(blank=True, help_text='when the notice arrived with the secretariat', null=True)),
                ('number', models.CharField(blank=True, help_text='of the secretariat', max_length=60)),
                ('grounds', models.TextField(blank=True)),
                ('extended', models.BooleanField(default=False, help_text='the tribunal has taken it although it was late')),
                ('stays', models.BooleanField(default=False, help_text='what was decided waits for the end of the appeal')),
                ('received_at', models.DateTimeField(blank=True, help_text='when it was written down here', null=True)),
                ('copied_on', models.DateField(blank=True, help_text='when the copy came to the authority', null=True)),
                ('reply_by', models.DateField(blank=True, null=True)),
                ('decide_by', models.DateField(blank=True, help_text='of an appeal against immediate effect', null=True)),
                ('replied_on', models.DateField(blank=True, null=True)),
                ('reply_text', models.TextField(blank=True)),
                ('barred_on', models.DateField(blank=True, help_text='since when the authority takes no part', null=True)),
                ('on_paper', models.BooleanField(default=False, help_text='both sides agree that it is decided without a hearing')),
                ('fix_by', models.DateField(blank=True, null=True)),
                ('hearing_on', models.DateField(blank=True, null=True)),
                ('hearing_place', models.CharField(blank=True, max_length=200)),
                ('statements_by', models.DateField(blank=True, null=True)),
                ('representations_by', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('allowed', 'Allowed'), ('dismissed', 'Dismissed'), ('withdrawn', 'Withdrawn')], max_length=20)),
                ('ended_on', models.DateField(blank=True, help_text='of the decision, or of the notice of the withdrawal', null=True)),
                ('effect_on', models.DateField(blank=True, help_text='from which day the outcome holds', null=True)),
                ('outcome_because', models.TextField(blank=True, help_text='the reasons of the tribunal in short')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, help_text='who carried it out', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='licensing.decision')),
                ('ended_by', models.ForeignKey(blank=True, help_text='who wrote it down', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told_by', models.ForeignKey(blank=True, help_text='for the appellant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('view_appeals', 'See every appeal'), ('handle_appeals', 'Write down what becomes of an appeal')],
                'indexes': [models.Index(fields=['is_over', 'id', 'status'], name='appeal_open_first'), models.Index(fields=['status', 'is_over', 'id'], name='appeal_by_status'), models.Index(fields=['received_on', 'id'], name='appeal_by_day'), models.Index(fields=['reply_by', 'id'], name='appeal_by_reply')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['closed', 'disregarded']), _negated=True), fields=('decision',), name='appeal_one_open_on_decision'), models.CheckConstraint(condition=models.Q(('status__in', ['told', 'disregarded']), models.Q(('grounds__gt', ''), ('received_at__isnull', False), ('received_by__isnull', False), ('received_on__isnull', False)), _connector='OR'), name='appeal_heard_was_received'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', False), ('ended_on__isnull', False), ('outcome__gt', ''), ('status__in', ['ended', 'closed'])), models.Q(models.Q(('status__in', ['ended', 'closed']), _negated=True), ('ended_by', None), ('ended_on', None), ('outcome', '')), _connector='OR'), name='appeal_ended_has_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at', None), ('closed_by', None)), _connector='OR'), name='appeal_closed_has_somebody'), models.CheckConstraint(condition=models.Q(('closed_by', None), models.Q(('closed_by', models.F('ended_by')), _negated=True), _connector='OR'), name='appeal_carried_out_by_another')],
            },
        ),
        migrations.RunPython(plant, pull_up),
    ]
