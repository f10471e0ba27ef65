"""Leave to take part after a bar, what was sent for a hearing, and what a condition was before it was varied.

As in 0024, triggers are pulled up before the tables are altered and planted again at the end; those of 0021 with the new move.
"""

from importlib import import_module

from django.db import migrations, models

chain = import_module("licensing.migrations.0013_grounds_evidence_and_replies")
conflicts = import_module("licensing.migrations.0014_no_part_in_a_conflict")
appeals = import_module("licensing.migrations.0021_appeals")
former = import_module("licensing.migrations.0024_transfers")

MOVES = {
    **appeals.MOVES,
    "with_tribunal": (*appeals.MOVES["with_tribunal"], "acknowledged"),
    "listed": (*appeals.MOVES["listed"], "acknowledged"),
}


def rules(vendor):
    in_order = " OR ".join(
        f"OLD.status = '{before}' AND NEW.status IN ({', '.join(repr(one) for one in after)})"
        for before, after in MOVES.items()
    )
    moved = f"NOT ({chain.same(vendor, 'status')})"
    was = chain.same(vendor, "was_requirement", "was_due_on")
    return {
        **former.rules(vendor),
        **appeals.rules(vendor),
        "appeal_moves_in_order": ("licensing_appeal", "UPDATE", f"{moved} AND NOT ({in_order})", appeals.ORDER),
        "proposed_condition_was": (
            "licensing_proposedcondition",
            "UPDATE",
            f"OLD.was_due_on IS NOT NULL AND NOT ({was})",
            chain.TERMS,
        ),
    }


def plant(apps, schema_editor):
    chain.plant(apps, schema_editor, rules)
    conflicts.plant(apps, schema_editor)


def pull_up(apps, schema_editor):
    conflicts.pull_up(apps, schema_editor)
    chain.pull_up(apps, schema_editor, rules)


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0024_transfers'),
    ]

    operations = [
        migrations.RunPython(former.pull_up, former.plant),
        migrations.AddField(
            model_name='appeal',
            name='leave_on',
            field=models.DateField(blank=True, help_text='when the tribunal let it take part after all', null=True),
        ),
        migrations.AddField(
            model_name='appeal',
            name='representations_on',
            field=models.DateField(blank=True, help_text='when we sent what we say in writing', null=True),
        ),
        migrations.AddField(
            model_name='appeal',
            name='statements_on',
            field=models.DateField(blank=True, help_text='when we sent names and signed statements', null=True),
        ),
        migrations.AddField(
            model_name='proposedcondition',
            name='was_due_on',
            field=models.DateField(blank=True, help_text='of the condition that it varied, until then', null=True),
        ),
        migrations.AddField(
            model_name='proposedcondition',
            name='was_requirement',
            field=models.TextField(blank=True, help_text='of the condition that it varied, until then'),
        ),
        migrations.RunPython(plant, pull_up),
    ]
