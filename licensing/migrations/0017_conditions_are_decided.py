"""Decisions about conditions and about lifting a suspension; what officers find at their desks. The triggers know the new kinds.

As in 0013, triggers are pulled up before the tables are altered and planted again at the end, those of 0014 with them.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

chain = import_module("licensing.migrations.0013_grounds_evidence_and_replies")
conflicts = import_module("licensing.migrations.0014_no_part_in_a_conflict")

UNHEARD = "'grant', 'surrender', 'lift', 'extend', 'discharge'"
ABOUT = (*chain.ABOUT, "condition_id")
VERIFIED = "a decision is taken by somebody who did not check the condition"
CHECKS = "what was found at a desk does not change"
OF_DESK = """EXISTS (SELECT 1 FROM licensing_deskcheck desk WHERE desk.checked_by_id = NEW.decided_by_id
                     AND (desk.condition_id = NEW.condition_id OR desk.id IN
                          (SELECT licensing_exhibit.desk_check_id FROM licensing_exhibit JOIN licensing_ground
                           ON licensing_ground.id = licensing_exhibit.ground_id
                           WHERE licensing_ground.decision_id = NEW.id)))"""


def rules(vendor):
    return {
        **chain.rules(vendor, UNHEARD, ABOUT),
        "decision_not_by_desk": (
            "licensing_decision",
            "UPDATE",
            f"{chain.BECOMES_DECIDED} AND {OF_DESK}",
            VERIFIED,
        ),
        "desk_check_update": ("licensing_deskcheck", "UPDATE", "", CHECKS),
        "desk_check_delete": ("licensing_deskcheck", "DELETE", "", CHECKS),
    }


def plant(apps, schema_editor):
    chain.plant(apps, schema_editor, rules)
    conflicts.plant(apps, schema_editor)


def pull_up(apps, schema_editor):
    conflicts.pull_up(apps, schema_editor)
    chain.pull_up(apps, schema_editor, rules)


def plant_former(apps, schema_editor):
    chain.plant(apps, schema_editor)
    conflicts.plant(apps, schema_editor)


def pull_up_former(apps, schema_editor):
    conflicts.pull_up(apps, schema_editor)
    chain.pull_up(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0007_verification_visits'),
        ('licensing', '0016_reasons_to_inspect_set_aside'),
        ('registry', '0025_lists_to_check_against'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(pull_up_former, plant_former),
        migrations.CreateModel(
            name='DeskCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_met', models.BooleanField()),
                ('text', models.TextField(help_text='what was looked at, and what it shows')),
                ('checked_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_one_open_on_licence',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_has_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_adverse_was_notified',
        ),
        migrations.RemoveConstraint(
            model_name='exhibit',
            name='exhibit_is_what_it_says',
        ),
        migrations.AddField(
            model_name='decision',
            name='condition',
            field=models.ForeignKey(blank=True, help_text='of the licence', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='registry.condition'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='kind',
            field=models.CharField(choices=[('grant', 'Grant'), ('refuse', 'Refuse'), ('suspend', 'Suspend'), ('revoke', 'Revoke'), ('surrender', 'Surrender'), ('lift', 'Lift a suspension'), ('extend', 'Give more time for a condition'), ('discharge', 'Discharge a condition'), ('fail', 'Find a condition failed')], max_length=20),
        ),
        migrations.AlterField(
            model_name='decision',
            name='takes_effect',
            field=models.DateField(blank=True, help_text='suspend, revoke, surrender: first day without the licence; lift: first day with it again', null=True),
        ),
        migrations.AlterField(
            model_name='exhibit',
            name='kind',
            field=models.CharField(choices=[('check', 'Reply of another authority'), ('finding', 'Finding of a confirmed inspection'), ('document', 'Document'), ('sent', 'What the holder sent'), ('desk_check', 'Desk check by an officer'), ('note', 'What we know')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application__isnull', False), ('kind__in', ['grant', 'refuse']), ('licence', None)), models.Q(('application', None), ('kind__in', ['suspend', 'revoke', 'surrender', 'lift', 'extend', 'discharge', 'fail']), ('licence__isnull', False)), _connector='OR'), name='decision_has_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('condition__isnull', False), ('kind__in', ['extend', 'discharge', 'fail'])), models.Q(models.Q(('kind__in', ['extend', 'discharge', 'fail']), _negated=True), ('condition', None)), _connector='OR'), name='decision_names_its_condition'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'decided'), _negated=True), ('kind__in', ['grant', 'surrender', 'lift', 'extend', 'discharge']), models.Q(('notified_at__isnull', False), ('reply_by__isnull', False)), _connector='OR'), name='decision_adverse_was_notified'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('condition', None), ('licence__isnull', False), ('status__in', ['proposed', 'notified'])), fields=('licence',), name='decision_one_open_on_licence'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('condition__isnull', False), ('status__in', ['proposed', 'notified'])), fields=('condition',), name='decision_one_open_on_condition'),
        ),
        migrations.AddField(
            model_name='deskcheck',
            name='checked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desk_checks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deskcheck',
            name='condition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desk_checks', to='registry.condition'),
        ),
        migrations.AddField(
            model_name='exhibit',
            name='desk_check',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='licensing.deskcheck'),
        ),
        migrations.AddConstraint(
            model_name='exhibit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('check_reply', None), ('desk_check', None), ('document', None), ('finding', None), ('kind', 'note'), ('sent', None)), models.Q(('check_reply__isnull', False), ('desk_check', None), ('document', None), ('finding', None), ('kind', 'check'), ('sent', None)), models.Q(('check_reply', None), ('desk_check', None), ('document', None), ('finding__isnull', False), ('kind', 'finding'), ('sent', None)), models.Q(('check_reply', None), ('desk_check', None), ('document__isnull', False), ('finding', None), ('kind', 'document'), ('sent', None)), models.Q(('check_reply', None), ('desk_check', None), ('document', None), ('finding', None), ('kind', 'sent'), ('sent__isnull', False)), models.Q(('check_reply', None), ('desk_check__isnull', False), ('document', None), ('finding', None), ('kind', 'desk_check'), ('sent', None)), _connector='OR'), name='exhibit_is_what_it_says'),
        ),
        migrations.AddConstraint(
            model_name='deskcheck',
            constraint=models.CheckConstraint(condition=models.Q(('text__gt', '')), name='desk_check_says_something'),
        ),
        migrations.RunPython(plant, pull_up),
    ]
