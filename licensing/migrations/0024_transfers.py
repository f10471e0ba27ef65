"""Transfers: asked for by a holder, agreed to by the other business, decided like all that is done to a licence.

As in 0018, triggers are pulled up before the tables are altered and planted again at the end, those of 0014 and 0021 with
them. A later migration that alters these tables does the same with `pull_up` and `plant` of this one.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

taken = import_module("licensing.migrations.0002_decisions_stay_as_they_were_taken")
chain = import_module("licensing.migrations.0013_grounds_evidence_and_replies")
conflicts = import_module("licensing.migrations.0014_no_part_in_a_conflict")
conditions = import_module("licensing.migrations.0017_conditions_are_decided")
former = import_module("licensing.migrations.0018_conditions_are_modified")
appeals = import_module("licensing.migrations.0021_appeals")

UNHEARD = f"{conditions.UNHEARD}, 'allow_transfer'"
ABOUT = (*conditions.ABOUT, "transfer_id")

BEGINS = "a transfer begins as one that is asked for"
KEEPS = "what was asked for, and what became of it, does not change"
ORDER = "a transfer is not moved so"
DECIDED = "a transfer is consented to or refused by a decision, or consented to by an appeal that was allowed"
OTHER_SIDE = "a transfer is decided by somebody who neither assessed nor inspected the other business"
MOVES = {
    "asked": ("agreed", "declined", "withdrawn", "refused"),
    "agreed": ("withdrawn", "consented", "refused"),
    "refused": ("consented",),
}
OF_OTHER = "(SELECT application_id FROM licensing_transfer WHERE id = {row}.transfer_id)"
OTHER = """(SELECT application.organisation_id FROM licensing_application application
            JOIN licensing_transfer transfer ON transfer.application_id = application.id
            WHERE transfer.id = {transfer})"""
OF_NOTICE = "(SELECT transfer_id FROM licensing_decision WHERE id = NEW.decision_id)"


def _conflicted(officer, transfer="NEW.transfer_id"):
    return conflicts._of(officer, OTHER.format(transfer=transfer))


def rules(vendor):
    decision, table = "licensing_decision", "licensing_transfer"
    in_order = " OR ".join(
        f"OLD.status = '{before}' AND NEW.status IN ({', '.join(repr(one) for one in after)})"
        for before, after in MOVES.items()
    )
    moved = f"NOT ({chain.same(vendor, 'status')})"
    decided = "EXISTS (SELECT 1 FROM licensing_decision WHERE transfer_id = NEW.id AND kind = '{0}' AND status = 'decided')"
    on_appeal = """EXISTS (SELECT 1 FROM licensing_appeal JOIN licensing_decision ON licensing_decision.id = licensing_appeal.decision_id
                   WHERE licensing_decision.transfer_id = NEW.id AND licensing_decision.kind = 'refuse_transfer'
                   AND licensing_appeal.outcome = 'allowed')"""
    two_hats = f"""EXISTS (SELECT 1 FROM licensing_application WHERE id = {OF_OTHER.format(row='NEW')}
                           AND case_officer_id = NEW.decided_by_id)
        OR EXISTS (SELECT 1 FROM licensing_paper WHERE application_id = {OF_OTHER.format(row='NEW')}
                   AND entered_by_id = NEW.decided_by_id)
        OR EXISTS (SELECT 1 FROM compliance_inspection JOIN licensing_application
                   ON licensing_application.reference = compliance_inspection."case"
                   WHERE licensing_application.id = {OF_OTHER.format(row='NEW')}
                   AND compliance_inspection.inspector_id = NEW.decided_by_id
                   AND compliance_inspection.status <> 'called_off')"""
    kept = chain.same(
        vendor, "reference", "licence_id", "to_name", "application_id", "from_day", "because", "asked_by_id", "asked_at"
    )
    answered = chain.same(vendor, "answered_by_id", "answered_at")
    return {
        **former.rules(vendor),
        **chain.rules(vendor, UNHEARD, ABOUT),
        "decision_proposed_other_unconflicted": (
            decision,
            "INSERT",
            _conflicted("NEW.proposed_by_id"),
            conflicts.CONFLICT,
        ),
        "decision_decided_other_unconflicted": (
            decision,
            "UPDATE",
            f"{chain.BECOMES_DECIDED} AND ({_conflicted('NEW.decided_by_id')} OR {_conflicted('NEW.proposed_by_id')})",
            conflicts.CONFLICT,
        ),
        "notice_other_unconflicted": (
            "licensing_notice",
            "INSERT",
            _conflicted("NEW.sent_by_id", OF_NOTICE),
            conflicts.CONFLICT,
        ),
        "decision_not_by_other_side": (
            decision,
            "UPDATE",
            f"{chain.BECOMES_DECIDED} AND NEW.transfer_id IS NOT NULL AND ({two_hats})",
            OTHER_SIDE,
        ),
        "transfer_begins_asked": (table, "INSERT", "NEW.status <> 'asked'", BEGINS),
        "transfer_delete": (table, "DELETE", "", KEEPS),
        "transfer_keeps": (
            table,
            "UPDATE",
            f"NOT ({kept}) OR (OLD.answered_at IS NOT NULL AND NOT ({answered}))"
            f" OR (OLD.became_id IS NOT NULL AND NOT ({chain.same(vendor, 'became_id')}))",
            KEEPS,
        ),
        "transfer_moves_in_order": (table, "UPDATE", f"{moved} AND NOT ({in_order})", ORDER),
        "transfer_is_decided": (
            table,
            "UPDATE",
            f"""{moved} AND (NEW.status = 'refused' AND NOT {decided.format('refuse_transfer')}
                OR NEW.status = 'consented' AND NOT {decided.format('allow_transfer')} AND NOT {on_appeal})""",
            DECIDED,
        ),
    }


def plant(apps, schema_editor):
    chain.plant(apps, schema_editor, rules)
    conflicts.plant(apps, schema_editor)
    appeals.plant(apps, schema_editor)


def pull_up(apps, schema_editor):
    appeals.pull_up(apps, schema_editor)
    conflicts.pull_up(apps, schema_editor)
    chain.pull_up(apps, schema_editor, rules)


def plant_former(apps, schema_editor):
    former.plant(apps, schema_editor)
    appeals.plant(apps, schema_editor)


def pull_up_former(apps, schema_editor):
    appeals.pull_up(apps, schema_editor)
    former.pull_up(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0015_rounds_of_choosing'),
        ('licensing', '0023_look_alikes_are_listed'),
        ('registry', '0031_conditions_by_day'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(pull_up_former, plant_former),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('to_name', models.CharField(help_text='the other business, as the holder calls it', max_length=200)),
                ('from_day', models.DateField(help_text='first day on which the other business is to be licensed')),
                ('because', models.TextField()),
                ('status', models.CharField(choices=[('asked', 'Waits for the other business'), ('agreed', 'Both agree, to be decided'), ('declined', 'The other business does not agree'), ('withdrawn', 'Withdrawn'), ('consented', 'Consented to'), ('refused', 'Refused')], default='asked', max_length=20)),
                ('is_over', models.GeneratedField(db_persist=True, expression=models.Q(('status__in', ['asked', 'agreed']), _negated=True), output_field=models.BooleanField())),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_adverse_was_notified',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_has_one_subject',
        ),
        migrations.AlterField(
            model_name='decision',
            name='kind',
            field=models.CharField(choices=[('grant', 'Grant'), ('refuse', 'Refuse'), ('suspend', 'Suspend'), ('revoke', 'Revoke'), ('surrender', 'Surrender'), ('lift', 'Lift a suspension'), ('impose', 'Add a condition'), ('vary', 'Vary a condition'), ('extend', 'Give more time for a condition'), ('discharge', 'Discharge a condition'), ('fail', 'Find a condition failed'), ('allow_transfer', 'Consent to a transfer'), ('refuse_transfer', 'Refuse a transfer')], max_length=20),
        ),
        migrations.AlterField(
            model_name='decision',
            name='takes_effect',
            field=models.DateField(blank=True, help_text='suspend, revoke, surrender: first day without the licence; lift: first day with it again; a modification: first day on which it holds; a transfer: first day on which the other is licensed', null=True),
        ),
        migrations.AddField(
            model_name='transfer',
            name='answered_by',
            field=models.ForeignKey(blank=True, help_text='for the other business', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='application',
            field=models.ForeignKey(blank=True, help_text='of the other business, for a licence of its own', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='licensing.application'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='became',
            field=models.ForeignKey(blank=True, help_text='the licence of the other business', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came_of', to='registry.licence'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='licence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='registry.licence'),
        ),
        migrations.AddField(
            model_name='decision',
            name='transfer',
            field=models.ForeignKey(blank=True, help_text='of the licence', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='licensing.transfer'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application__isnull', False), ('kind__in', ['grant', 'refuse']), ('licence', None)), models.Q(('application', None), ('kind__in', ['suspend', 'revoke', 'surrender', 'lift', 'impose', 'vary', 'extend', 'discharge', 'fail', 'allow_transfer', 'refuse_transfer']), ('licence__isnull', False)), _connector='OR'), name='decision_has_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['allow_transfer', 'refuse_transfer']), ('transfer__isnull', False)), models.Q(models.Q(('kind__in', ['allow_transfer', 'refuse_transfer']), _negated=True), ('transfer', None)), _connector='OR'), name='decision_names_its_transfer'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'decided'), _negated=True), ('kind__in', ['grant', 'surrender', 'lift', 'extend', 'discharge', 'allow_transfer']), models.Q(('notified_at__isnull', False), ('reply_by__isnull', False)), _connector='OR'), name='decision_adverse_was_notified'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['is_over', 'asked_at', 'id', 'status'], name='transfer_open_first'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['asked_at', 'id'], name='transfer_by_day'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['status', 'is_over', 'asked_at', 'id'], name='transfer_by_status'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['asked', 'agreed'])), fields=('licence',), name='transfer_one_open_of_licence'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('because__gt', ''), ('to_name__gt', '')), name='transfer_says_why'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('application__isnull', False)), _connector='OR'), name='transfer_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['agreed', 'declined']), _negated=True), ('answered_by__isnull', False), _connector='OR'), name='transfer_agreed_was_answered'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('became__isnull', False), ('status', 'consented')), models.Q(models.Q(('status', 'consented'), _negated=True), ('became', None)), _connector='OR'), name='transfer_consented_has_licence'),
        ),
        migrations.RunPython(plant, pull_up),
    ]
