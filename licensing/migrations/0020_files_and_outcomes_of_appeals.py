"""What officers add to a file; an appeal can be varied or sent back, and corrected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import keeping_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0016_replies_are_overridden_by_two'),
        ('registry', '0020_officers_keep_documents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = keeping_triggers(
        migrations.CreateModel(
            name='FileEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('arrived', 'Not matched to a file'), ('to_read', 'To be read'), ('filed', 'On the file'), ('set_aside', 'Set aside')], default='arrived', max_length=20)),
                ('kind', models.CharField(choices=[('document', 'Document'), ('letter', 'Letter'), ('mail', 'Email'), ('call', 'Telephone call'), ('talk', 'Conversation'), ('tribunal', 'Decision of the tribunal')], max_length=20)),
                ('direction', models.CharField(choices=[('received', 'Received'), ('sent', 'Sent')], default='received', max_length=20)),
                ('with_whom', models.CharField(blank=True, help_text='who gave, wrote or said it, or was written to', max_length=200)),
                ('address', models.CharField(blank=True, help_text='of an email, as it says itself; not verified', max_length=254)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('happened_on', models.DateField(help_text='the day of the document, call or email')),
                ('may_be_shown', models.BooleanField(default=False, help_text='whether a decision about its subject may name it')),
                ('mail_id', models.CharField(blank=True, help_text='SHA-256 by which the same email is known again', max_length=64)),
                ('not_kept', models.JSONField(blank=True, default=list, help_text='attachments of an email that were not kept')),
                ('added_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('set_aside_because', models.TextField(blank=True)),
            ],
            options={
                'permissions': [('add_to_file', 'Add documents and correspondence to a file')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='appeal',
            name='appeal_ended_has_outcome',
        ),
        migrations.RemoveConstraint(
            model_name='appeal',
            name='appeal_closed_has_somebody',
        ),
        migrations.AddField(
            model_name='appeal',
            name='put_due_on',
            field=models.DateField(blank=True, help_text='by which day it must be met', null=True),
        ),
        migrations.AddField(
            model_name='appeal',
            name='put_requirement',
            field=models.TextField(blank=True, help_text='of that condition: what must be put right'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='put_standard',
            field=models.CharField(blank=True, help_text='of the condition that the tribunal put in place of what we decided', max_length=10),
        ),
        migrations.AddField(
            model_name='appeal',
            name='put_until',
            field=models.DateField(blank=True, help_text='last day of the suspension that the tribunal put', null=True),
        ),
        migrations.AddField(
            model_name='appeal',
            name='undecided_because',
            field=models.TextField(blank=True, help_text='why what was sent back is not decided again'),
        ),
        migrations.AlterField(
            model_name='appeal',
            name='outcome',
            field=models.CharField(blank=True, choices=[('allowed', 'Allowed'), ('dismissed', 'Dismissed'), ('varied', 'Varied'), ('remitted', 'Sent back to us'), ('withdrawn', 'Withdrawn')], max_length=20),
        ),
        migrations.AlterField(
            model_name='appeal',
            name='status',
            field=models.CharField(choices=[('told', 'Told, to be confirmed'), ('received', 'Received, to be acknowledged'), ('acknowledged', 'Waiting for our reply'), ('with_tribunal', 'With the tribunal'), ('listed', 'Hearing fixed'), ('ended', 'Ended, to be carried out'), ('sent_back', 'Sent back, to be decided again'), ('closed', 'Closed'), ('disregarded', 'No appeal arrived')], default='told', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', False), ('ended_on__isnull', False), ('outcome__gt', ''), ('status__in', ['ended', 'sent_back', 'closed'])), models.Q(models.Q(('status__in', ['ended', 'sent_back', 'closed']), _negated=True), ('ended_by', None), ('ended_on', None), ('outcome', '')), _connector='OR'), name='appeal_ended_has_outcome'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('status__in', ['sent_back', 'closed'])), models.Q(models.Q(('status__in', ['sent_back', 'closed']), _negated=True), ('closed_at', None), ('closed_by', None)), _connector='OR'), name='appeal_closed_has_somebody'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'sent_back'), _negated=True), ('outcome', 'remitted'), _connector='OR'), name='appeal_sent_back_was_remitted'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'varied'), _negated=True), models.Q(('put_requirement', ''), _negated=True), ('put_until__isnull', False), _connector='OR'), name='appeal_varied_says_to_what'),
        ),
        migrations.AddField(
            model_name='fileentry',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='fileentry',
            name='appeal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='file_entries', to='licensing.appeal'),
        ),
        migrations.AddField(
            model_name='fileentry',
            name='application',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='file_entries', to='licensing.application'),
        ),
        migrations.AddField(
            model_name='fileentry',
            name='decision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='file_entries', to='licensing.decision'),
        ),
        migrations.AddField(
            model_name='fileentry',
            name='handled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='fileentry',
            name='licence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='file_entries', to='registry.licence'),
        ),
        migrations.AddField(
            model_name='fileentry',
            name='organisation',
            field=models.ForeignKey(blank=True, help_text='whose file it is', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation'),
        ),
        migrations.AddIndex(
            model_name='fileentry',
            index=models.Index(fields=['organisation', '-happened_on', '-id'], name='file_entry_of_firm'),
        ),
        migrations.AddConstraint(
            model_name='fileentry',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='file_entry_is_titled'),
        ),
        migrations.AddConstraint(
            model_name='fileentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(models.Q(('appeal', None), ('application__isnull', False), ('decision', None), ('licence', None)), models.Q(('appeal', None), ('application', None), ('decision', None), ('licence__isnull', False)), models.Q(('appeal', None), ('application', None), ('decision__isnull', False), ('licence', None)), models.Q(('appeal__isnull', False), ('application', None), ('decision', None), ('licence', None)), _connector='OR'), ('organisation__isnull', False)), models.Q(('kind', 'mail'), ('organisation', None), ('status__in', ['arrived', 'set_aside']), ('appeal', None), ('application', None), ('decision', None), ('licence', None)), _connector='OR'), name='file_entry_on_one_file'),
        ),
        migrations.AddConstraint(
            model_name='fileentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'set_aside'), _negated=True), models.Q(('set_aside_because', ''), _negated=True), _connector='OR'), name='file_entry_set_aside_says_why'),
        ),
        migrations.AddConstraint(
            model_name='fileentry',
            constraint=models.UniqueConstraint(condition=models.Q(('mail_id', ''), _negated=True), fields=('mail_id',), name='file_entry_mail_once'),
        ),
    )
