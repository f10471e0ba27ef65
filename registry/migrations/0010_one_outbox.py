"""Letters wait in the outbox (docs/decisions/0094). What waits, was given up or is sent is carried over."""

import django.db.models.deletion
from django.db import migrations, models

from registry.migrations._guards import keeping_triggers

CARRIED = [
    # Eight failures: the longest wait comes next, and some five days of trying are left.
    """
    INSERT INTO registry_outboxitem (kind, reference, queue, made_at, attempts, failures, repeats, tried_at, next_try,
                                     leased_until, last_error, sent_at, failed_at)
    SELECT 'mail', number, '', at, attempts,
           CASE WHEN sent_at IS NOT NULL OR last_error = '' THEN 0 WHEN attempts > 8 THEN 8 ELSE attempts END,
           repeats, sent_at,
           CASE WHEN sent_at IS NULL AND refused_at IS NULL AND address <> '' THEN COALESCE(next_try, at) END,
           CASE WHEN sent_at IS NULL AND refused_at IS NULL AND attempts > 0 AND last_error = '' THEN next_try END,
           last_error, sent_at, CASE WHEN sent_at IS NULL THEN refused_at END
    FROM registry_letter ORDER BY id
    """,
    """
    UPDATE registry_letter
    SET outbox_id = (SELECT item.id FROM registry_outboxitem item WHERE item.reference = registry_letter.number)
    """,
]
BACK = [
    """
    UPDATE registry_letter SET
        attempts = (SELECT item.attempts FROM registry_outboxitem item WHERE item.id = outbox_id),
        repeats = (SELECT item.repeats FROM registry_outboxitem item WHERE item.id = outbox_id),
        last_error = (SELECT item.last_error FROM registry_outboxitem item WHERE item.id = outbox_id),
        next_try = (SELECT COALESCE(item.leased_until, item.next_try) FROM registry_outboxitem item WHERE item.id = outbox_id),
        sent_at = (SELECT item.sent_at FROM registry_outboxitem item WHERE item.id = outbox_id),
        refused_at = (SELECT item.failed_at FROM registry_outboxitem item WHERE item.id = outbox_id)
    """,
    "UPDATE registry_letter SET outbox_id = NULL",
    "DELETE FROM registry_outboxitem",
]


def run(statements):
    def execute(_apps, editor):
        for statement in statements:
            editor.execute(statement, params=None)
        if editor.connection.vendor == "postgresql":
            # The table cannot be altered while its keys are still to be checked.
            editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            editor.execute("SET CONSTRAINTS ALL DEFERRED")

    return execute


def outbox(**options):
    return models.OneToOneField(
        help_text='when it is mailed, and how often that was tried',
        on_delete=django.db.models.deletion.PROTECT,
        to='registry.outboxitem',
        **options,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0009_frozen_packs'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mail', 'Email'), ('text', 'Text message'), ('webhook', 'Webhook')], max_length=10)),
                ('reference', models.CharField(help_text='of what is sent: L-7KQ2-M9XD', max_length=20, unique=True)),
                ('queue', models.CharField(blank=True, help_text='items of one queue go in order, one at a time', max_length=20)),
                ('made_at', models.DateTimeField()),
                ('useful_until', models.DateTimeField(blank=True, help_text='after this instant it is given up', null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('failures', models.PositiveIntegerField(default=0, help_text='in a row, since it was last put back')),
                ('repeats', models.PositiveIntegerField(default=0, help_text='attempts after one of which it is unknown whether it arrived: it may have come twice')),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('next_try', models.DateTimeField(blank=True, help_text='none: it is not tried', null=True)),
                ('leased_until', models.DateTimeField(blank=True, help_text='a worker is at it until then', null=True)),
                ('last_error', models.TextField(blank=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, help_text='when it was given up', null=True)),
            ],
            options={
                'permissions': [('view_undelivered', 'See what could not be delivered'), ('send_again', 'Send again what could not be delivered')],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('sent_at', None), ('failed_at', None), _connector='OR'), name='outbox_sent_or_failed')],
                'indexes': [
                    models.Index(condition=models.Q(('sent_at', None)), fields=['kind', 'next_try'], name='outbox_due'),
                    models.Index(condition=models.Q(('sent_at', None)), fields=['queue', 'id'], name='outbox_in_order'),
                    models.Index(condition=models.Q(('sent_at', None)), fields=['made_at', 'id'], name='outbox_undelivered'),
                ],
            },
        ),
        *keeping_triggers(
            migrations.AddField('letter', 'outbox', outbox(null=True)),
            migrations.RunPython(run(CARRIED), run(BACK)),
            migrations.AlterField('letter', 'outbox', outbox()),
            migrations.RemoveIndex('letter', 'letter_to_be_sent'),
            migrations.RemoveIndex('letter', 'letter_undelivered'),
            migrations.RemoveField('letter', 'attempts'),
            migrations.RemoveField('letter', 'last_error'),
            migrations.RemoveField('letter', 'next_try'),
            migrations.RemoveField('letter', 'refused_at'),
            migrations.RemoveField('letter', 'repeats'),
            migrations.RemoveField('letter', 'sent_at'),
            migrations.AddIndex(
                'letter',
                models.Index(condition=models.Q(('address', ''), ('posted_at', None)), fields=['at', 'id'], name='letter_to_post'),
            ),
        ),
        migrations.AlterModelOptions(
            name='letter',
            options={'permissions': [('correct_letter', 'Correct a slip in a letter, which is sent anew under its number'), ('post_letters', 'Print letters that go by post, and say when they are posted')]},
        ),
    ]
