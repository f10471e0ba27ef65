"""Conditions are added to a licence and varied by decision. What was proposed of one stays, and so does what it became.

As in 0017, triggers are pulled up before the tables are altered and planted again at the end.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

chain = import_module("licensing.migrations.0013_grounds_evidence_and_replies")
conflicts = import_module("licensing.migrations.0014_no_part_in_a_conflict")
former = import_module("licensing.migrations.0017_conditions_are_decided")


def rules(vendor):
    open_proposal = "EXISTS (SELECT 1 FROM licensing_decision WHERE id = NEW.decision_id AND status = 'proposed')"
    words = chain.same(vendor, "decision_id", "standard", "requirement", "due_on")
    became = chain.same(vendor, "became_id")
    table = "licensing_proposedcondition"
    return {
        **former.rules(vendor),
        "proposed_condition_insert": (table, "INSERT", f"NOT {open_proposal}", chain.TERMS),
        "proposed_condition_update": (
            table,
            "UPDATE",
            f"NOT ({words}) OR OLD.became_id IS NOT NULL AND NOT ({became})",
            chain.TERMS,
        ),
        "proposed_condition_delete": (table, "DELETE", "", chain.TERMS),
    }


def plant(apps, schema_editor):
    chain.plant(apps, schema_editor, rules)
    conflicts.plant(apps, schema_editor)


def pull_up(apps, schema_editor):
    conflicts.pull_up(apps, schema_editor)
    chain.pull_up(apps, schema_editor, rules)


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0007_verification_visits'),
        ('licensing', '0017_conditions_are_decided'),
        ('registry', '0025_lists_to_check_against'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(former.pull_up, former.plant),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_has_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_names_its_condition',
        ),
        migrations.AddField(
            model_name='proposedcondition',
            name='became',
            field=models.ForeignKey(blank=True, help_text='the condition of the licence, once it holds', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='registry.condition'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='kind',
            field=models.CharField(choices=[('grant', 'Grant'), ('refuse', 'Refuse'), ('suspend', 'Suspend'), ('revoke', 'Revoke'), ('surrender', 'Surrender'), ('lift', 'Lift a suspension'), ('impose', 'Add a condition'), ('vary', 'Vary a condition'), ('extend', 'Give more time for a condition'), ('discharge', 'Discharge a condition'), ('fail', 'Find a condition failed')], max_length=20),
        ),
        migrations.AlterField(
            model_name='decision',
            name='takes_effect',
            field=models.DateField(blank=True, help_text='suspend, revoke, surrender: first day without the licence; lift: first day with it again; a modification: first day on which it holds', null=True),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application__isnull', False), ('kind__in', ['grant', 'refuse']), ('licence', None)), models.Q(('application', None), ('kind__in', ['suspend', 'revoke', 'surrender', 'lift', 'impose', 'vary', 'extend', 'discharge', 'fail']), ('licence__isnull', False)), _connector='OR'), name='decision_has_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('condition__isnull', False), ('kind__in', ['vary', 'extend', 'discharge', 'fail'])), models.Q(models.Q(('kind__in', ['vary', 'extend', 'discharge', 'fail']), _negated=True), ('condition', None)), _connector='OR'), name='decision_names_its_condition'),
        ),
        migrations.RunPython(plant, pull_up),
    ]
