"""Text messages and deliveries to webhooks wait in the outbox (docs/decisions/0094). What waits or is sent is carried over."""

import django.db.models.deletion
from django.db import migrations, models

from registry.migrations._guards import keeping_triggers

CARRIED = [
    # A delivery waits for the one before it: only the first has the failures of its webhook, and is given up with it.
    """
    INSERT INTO registry_outboxitem (kind, reference, queue, made_at, attempts, failures, repeats, tried_at, next_try,
                                     last_error, sent_at, failed_at)
    SELECT 'webhook', one.reference, hook.reference, one.made_at, one.tries,
           CASE WHEN one.id = first.id THEN hook.failures ELSE 0 END,
           0, one.tried_at,
           CASE WHEN one.delivered_at IS NULL AND hook.stopped_at IS NULL
                     AND NOT (one.id = first.id AND hook.is_paused_by_us) THEN hook.next_try END,
           one.fault, one.delivered_at,
           CASE WHEN one.id = first.id AND hook.is_paused_by_us AND hook.stopped_at IS NULL THEN hook.paused_at END
    FROM public_lookup_delivery one
    JOIN public_lookup_webhook hook ON hook.id = one.webhook_id
    LEFT JOIN (SELECT webhook_id, MIN(id) AS id FROM public_lookup_delivery WHERE delivered_at IS NULL GROUP BY webhook_id) first
         ON first.webhook_id = hook.id
    ORDER BY one.id
    """,
    """
    UPDATE public_lookup_delivery
    SET outbox_id = (SELECT item.id FROM registry_outboxitem item WHERE item.reference = public_lookup_delivery.reference)
    """,
    """
    UPDATE public_lookup_webhook SET paused_at = NULL
    WHERE is_paused_by_us AND EXISTS (SELECT 1 FROM registry_outboxitem item
                                      WHERE item.queue = public_lookup_webhook.reference AND item.failed_at IS NOT NULL)
    """,
    """
    INSERT INTO registry_outboxitem (kind, reference, queue, made_at, useful_until, attempts, failures, repeats, next_try,
                                     leased_until, last_error, sent_at, failed_at)
    SELECT 'text', 'T-' || id, '', at, {until}, attempts,
           CASE WHEN sent_at IS NOT NULL OR last_error = '' THEN 0 ELSE attempts END,
           0, CASE WHEN sent_at IS NULL THEN next_try END,
           CASE WHEN sent_at IS NULL AND attempts > 0 AND last_error = '' THEN next_try END,
           last_error, sent_at,
           CASE WHEN sent_at IS NULL AND next_try IS NULL THEN at END
    FROM public_lookup_textmessage ORDER BY id
    """,
    """
    UPDATE public_lookup_textmessage
    SET outbox_id = (SELECT item.id FROM registry_outboxitem item WHERE item.reference = 'T-' || public_lookup_textmessage.id)
    """,
]
#: A code is of no use after a quarter of an hour, news after a day.
UNTIL = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', at, CASE WHEN is_code THEN '+15 minutes' ELSE '+1 day' END)",
    "postgresql": "at + CASE WHEN is_code THEN INTERVAL '15 minutes' ELSE INTERVAL '1 day' END",
}
BACK = [
    """
    UPDATE public_lookup_webhook SET
        failures = COALESCE((SELECT item.failures FROM registry_outboxitem item WHERE item.queue = public_lookup_webhook.reference
                             AND item.sent_at IS NULL ORDER BY item.id LIMIT 1), 0),
        next_try = COALESCE((SELECT COALESCE(item.leased_until, item.next_try) FROM registry_outboxitem item
                             WHERE item.queue = public_lookup_webhook.reference AND item.sent_at IS NULL
                             ORDER BY item.id LIMIT 1), next_try)
    """,
    """
    UPDATE public_lookup_webhook SET is_paused_by_us = (1 = 1), paused_at = COALESCE(paused_at, named_at)
    WHERE EXISTS (SELECT 1 FROM registry_outboxitem item
                  WHERE item.queue = public_lookup_webhook.reference AND item.failed_at IS NOT NULL)
    """,
    """
    UPDATE public_lookup_delivery SET
        tries = (SELECT item.attempts FROM registry_outboxitem item WHERE item.id = outbox_id),
        tried_at = (SELECT item.tried_at FROM registry_outboxitem item WHERE item.id = outbox_id),
        fault = (SELECT SUBSTR(item.last_error, 1, 30) FROM registry_outboxitem item WHERE item.id = outbox_id),
        delivered_at = (SELECT item.sent_at FROM registry_outboxitem item WHERE item.id = outbox_id)
    """,
    """
    UPDATE public_lookup_textmessage SET
        attempts = (SELECT item.attempts FROM registry_outboxitem item WHERE item.id = outbox_id),
        last_error = (SELECT SUBSTR(item.last_error, 1, 200) FROM registry_outboxitem item WHERE item.id = outbox_id),
        next_try = (SELECT COALESCE(item.leased_until, item.next_try) FROM registry_outboxitem item WHERE item.id = outbox_id),
        sent_at = (SELECT item.sent_at FROM registry_outboxitem item WHERE item.id = outbox_id)
    """,
    "UPDATE public_lookup_delivery SET outbox_id = NULL",
    "UPDATE public_lookup_textmessage SET outbox_id = NULL",
    "DELETE FROM registry_outboxitem WHERE kind IN ('text', 'webhook')",
]
#: Queued for a worker of before: their rows are due in the outbox, and the module of the fourth has another name.
QUEUED = "django_tasks_database_dbtaskresult"
FORGOTTEN = """
    DELETE FROM {table} WHERE status IN ('READY', 'RUNNING') AND task_path IN
        ('registry.tasks.deliver', 'public_lookup.tasks.deliver', 'public_lookup.tasks.send_text', 'public_lookup.tasks.check_list')
"""


def carry(_apps, editor):
    vendor = editor.connection.vendor
    for statement in CARRIED:
        editor.execute(statement.replace("{until}", UNTIL[vendor]), params=None)
    if QUEUED in editor.connection.introspection.table_names():
        editor.execute(FORGOTTEN.format(table=QUEUED), params=None)
    _check_keys(editor)


def carry_back(_apps, editor):
    for statement in BACK:
        editor.execute(statement, params=None)
    _check_keys(editor)


def _check_keys(editor):
    """PostgreSQL alters no table while its keys are still to be checked."""
    if editor.connection.vendor == "postgresql":
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        editor.execute("SET CONSTRAINTS ALL DEFERRED")


def outbox(words, **options):
    return models.OneToOneField(
        help_text=f'when it is {words}, and how often that was tried',
        on_delete=django.db.models.deletion.PROTECT,
        to='registry.outboxitem',
        **options,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('public_lookup', '0003_seven_outcomes'),
        ('registry', '0010_one_outbox'),
    ]

    operations = keeping_triggers(
        migrations.AddField('delivery', 'outbox', outbox('posted', null=True)),
        migrations.AddField('textmessage', 'outbox', outbox('sent', null=True)),
        # Undone, a time to try again is needed before the rows are asked for one.
        migrations.AlterField('webhook', 'next_try', models.DateTimeField(null=True)),
        migrations.RemoveConstraint('webhook', 'webhook_paused_by_us_is_paused'),
        migrations.RunPython(carry, carry_back),
        migrations.AlterField('delivery', 'outbox', outbox('posted')),
        migrations.AlterField('textmessage', 'outbox', outbox('sent')),
        migrations.RemoveIndex('delivery', 'delivery_waiting'),
        migrations.RemoveIndex('textmessage', 'text_to_be_sent'),
        migrations.RemoveIndex('webhook', 'webhook_to_be_tried'),
        migrations.RemoveField('delivery', 'delivered_at'),
        migrations.RemoveField('delivery', 'fault'),
        migrations.RemoveField('delivery', 'tried_at'),
        migrations.RemoveField('delivery', 'tries'),
        migrations.RemoveField('textmessage', 'attempts'),
        migrations.RemoveField('textmessage', 'last_error'),
        migrations.RemoveField('textmessage', 'next_try'),
        migrations.RemoveField('textmessage', 'sent_at'),
        migrations.RemoveField('webhook', 'failures'),
        migrations.RemoveField('webhook', 'is_paused_by_us'),
        migrations.RemoveField('webhook', 'next_try'),
        migrations.RemoveField('webhook', 'turn'),
        migrations.AlterField('webhook', 'paused_at', models.DateTimeField(blank=True, help_text='by its owner', null=True)),
    )
