"""What an authority replied itself is overridden by two people, and by nothing else; what was proposed stays as it was."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import CONFLICT, Guard, changed, in_order

TABLE, REPLY = "licensing_replyoverride", "licensing_reply"
STAYS = "an override stays as it was proposed and ended"
OWN = "a reply that an authority gave itself is overridden by two people"
OF_AUTHORITY = "someone who answers for an authority cannot override its reply"
ORGANISATION = """(SELECT COALESCE(application.organisation_id, licence.organisation_id) FROM licensing_check asked
    LEFT JOIN licensing_application application ON application.id = asked.application_id
    LEFT JOIN licensing_change changed ON changed.id = asked.change_id
    LEFT JOIN registry_licence licence ON licence.id = changed.licence_id
    WHERE asked.id = NEW.asked_id)"""


def _answers_for_authority(person):
    return f"EXISTS (SELECT 1 FROM registry_user WHERE id = {person} AND agency_id IS NOT NULL)"


def overrides(_vendor):
    proposed = ("reference", "asked_id", "reply_id", "result", "because", "evidence", "proposed_by_id", "proposed_at")
    ended = ("ended_by_id", "ended_at", "refused_because")
    order = in_order({"proposed": ("agreed", "refused", "withdrawn"), "agreed": ("withdrawn",)})
    own = f"SELECT 1 FROM {REPLY} WHERE id = NEW.reply_id AND asked_id = NEW.asked_id AND way IN ('agency', 'file')"
    by_another = "NEW.ended_by_id IS NOT NULL AND OLD.ended_by_id IS NULL"
    yield Guard("override_stays", TABLE, "UPDATE", changed(*proposed), STAYS)
    yield Guard("override_moves_in_order", TABLE, "UPDATE", f"NEW.status <> OLD.status AND NOT ({order})", STAYS)
    yield Guard("override_ends_once", TABLE, "UPDATE", f"OLD.ended_by_id IS NOT NULL AND ({changed(*ended)})", STAYS)
    yield Guard("override_makes_one_reply", TABLE, "UPDATE", f"OLD.made_id IS NOT NULL AND ({changed('made_id')})", STAYS)
    yield Guard("override_is_kept", TABLE, "DELETE", guards.ALWAYS, STAYS)
    begun = "NEW.status = 'proposed' AND NEW.ended_by_id IS NULL AND NEW.made_id IS NULL"
    yield Guard("override_begins_with_one", TABLE, "INSERT", f"NOT ({begun})", STAYS)
    yield Guard("override_of_own_word", TABLE, "INSERT", f"NOT EXISTS ({own})", OWN)
    yield Guard(
        "override_proposed_by_us", TABLE, "INSERT", _answers_for_authority("NEW.proposed_by_id"), OF_AUTHORITY
    )
    yield Guard(
        "override_ended_by_us", TABLE, "UPDATE", f"{by_another} AND {_answers_for_authority('NEW.ended_by_id')}",
        OF_AUTHORITY,
    )
    yield Guard(
        "override_proposed_unconflicted", TABLE, "INSERT", guards.conflicted("NEW.proposed_by_id", ORGANISATION), CONFLICT
    )
    yield Guard(
        "override_ended_unconflicted", TABLE, "UPDATE",
        f"{by_another} AND {guards.conflicted('NEW.ended_by_id', ORGANISATION)}", CONFLICT,
    )


def replies(_vendor):
    own = f"SELECT 1 FROM {REPLY} WHERE asked_id = NEW.asked_id AND way IN ('agency', 'file')"
    agreed = f"""SELECT 1 FROM {TABLE}
        WHERE asked_id = NEW.asked_id AND status = 'agreed' AND made_id IS NULL AND result = NEW.result"""
    yield Guard("reply_own_word", REPLY, "INSERT", f"NEW.way IN ('officer', 'system') AND EXISTS ({own})", OWN)
    yield Guard("reply_override_agreed", REPLY, "INSERT", f"NEW.way = 'override' AND NOT EXISTS ({agreed})", OWN)
    said = changed("asked_id", "result", "way", "recorded_by_id", "recorded_at")
    yield Guard("reply_stays", REPLY, "UPDATE", said, "a reply stays as it was given")


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0015_texts_and_insurances'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='reply',
            name='way',
            field=models.CharField(choices=[('officer', 'Written down by an officer'), ('agency', 'Given here by the authority itself'), ('file', 'In a file of the authority'), ('system', 'Looked up by this service'), ('override', 'Decided by two officers, who override the authority')], max_length=10),
        ),
        migrations.CreateModel(
            name='ReplyOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=30, unique=True)),
                ('status', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('agreed', 'Overridden'), ('refused', 'Not agreed'), ('withdrawn', 'Withdrawn')], default='proposed', max_length=20)),
                ('result', models.CharField(choices=[('nil', 'Nil return'), ('adverse', 'Adverse'), ('no_trace', 'No trace'), ('no_reply', 'No reply'), ('not_applicable', 'Not applicable'), ('look', 'To be looked at'), ('not_needed', 'Not needed any more')], max_length=20)),
                ('because', models.TextField(help_text='the authority reads it')),
                ('evidence', models.TextField(blank=True, help_text='which documents show it, besides the files')),
                ('proposed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('refused_because', models.TextField(blank=True)),
                ('refusal_read_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, help_text='what the authority says about it')),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='licensing.check')),
                ('ended_by', models.ForeignKey(blank=True, help_text='who agreed or refused', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_by_override', to='licensing.reply')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('read_by', models.ForeignKey(blank=True, help_text='of the authority', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='licensing.reply')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_by', None), models.Q(('ended_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='override_ended_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'agreed'), _negated=True), ('ended_by__isnull', False), _connector='OR'), name='override_agreed_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), ('refused_because__gt', ''), _connector='OR'), name='override_refused_says_why'), models.CheckConstraint(condition=models.Q(('because__gt', '')), name='override_says_why'), models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('asked',), name='override_one_open_of_a_check'), models.UniqueConstraint(condition=models.Q(('status', 'agreed')), fields=('asked',), name='override_one_in_force_of_a_check')],
            },
        ),
        guards.CreateGuards("licensing", overrides, replies),
    ]
