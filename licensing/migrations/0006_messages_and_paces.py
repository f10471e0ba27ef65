"""Messages about an application, which cannot be changed or deleted, and how long cases take."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQLITE = [
    """CREATE TRIGGER message_no_delete BEFORE DELETE ON licensing_message
       BEGIN SELECT RAISE(ABORT, 'messages are append-only'); END""",
    # INSERT OR REPLACE deletes without telling the triggers on DELETE.
    """CREATE TRIGGER message_no_replace BEFORE INSERT ON licensing_message
       WHEN EXISTS (SELECT 1 FROM licensing_message WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'messages are append-only'); END""",
]
POSTGRESQL = [
    """CREATE TRIGGER message_append_only BEFORE DELETE OR TRUNCATE ON licensing_message
       FOR EACH STATEMENT EXECUTE FUNCTION registry_append_only()""",
    """CREATE FUNCTION licensing_message_is_read_once() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF OLD.read_at IS NOT NULL OR NEW.read_at IS NULL
            OR to_jsonb(OLD) - 'read_at' - 'read_by_id' IS DISTINCT FROM to_jsonb(NEW) - 'read_at' - 'read_by_id' THEN
           RAISE EXCEPTION 'a message can only be read, once' USING ERRCODE = 'integrity_constraint_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER message_is_read_once BEFORE UPDATE ON licensing_message
       FOR EACH ROW EXECUTE FUNCTION licensing_message_is_read_once()""",
]


def _message_is_read_once_on_sqlite(message):
    kept = " OR ".join(
        f'OLD."{field.column}" IS NOT NEW."{field.column}"'
        for field in message._meta.concrete_fields
        if field.name not in {"read_at", "read_by"}
    )
    return f"""CREATE TRIGGER message_is_read_once BEFORE UPDATE ON licensing_message
               WHEN OLD.read_at IS NOT NULL OR NEW.read_at IS NULL OR {kept}
               BEGIN SELECT RAISE(ABORT, 'a message can only be read, once'); END"""


def plant(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = POSTGRESQL
    else:
        statements = [*SQLITE, _message_is_read_once_on_sqlite(apps.get_model("licensing", "Message"))]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = [
            "DROP TRIGGER message_append_only ON licensing_message",
            "DROP TRIGGER message_is_read_once ON licensing_message",
            "DROP FUNCTION licensing_message_is_read_once",
        ]
    else:
        names = ("message_no_delete", "message_no_replace", "message_is_read_once")
        statements = [f"DROP TRIGGER {name}" for name in names]
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0005_renewals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=60)),
                ('kind', models.CharField(help_text='application or renewal', max_length=20)),
                ('milestone', models.CharField(choices=[('handed_in', 'Handed in'), ('assessing', 'Assessment begun'), ('answered', 'Our last question answered')], max_length=20)),
                ('worked_out_on', models.DateField()),
                ('days', models.JSONField(default=dict, help_text='how many cases took so many working days')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scheme', 'kind', 'milestone'), name='pace_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_authority', models.BooleanField()),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='licensing.application')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['application', 'at', 'id'], name='message_of_case'), models.Index(condition=models.Q(('read_at', None)), fields=['from_authority', 'at', 'id'], name='message_unread')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='message_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('read_at', None), ('read_by', None)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='message_read_by_somebody')],
            },
        ),
        migrations.RunPython(plant, pull_up),
    ]
