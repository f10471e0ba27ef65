"""Proofs of check, which nobody can alter afterwards, and formal checks. Receipts are append-only on both engines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQLITE = [
    """CREATE TRIGGER receipt_no_update BEFORE UPDATE ON public_lookup_receipt
       BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END""",
    """CREATE TRIGGER receipt_no_delete BEFORE DELETE ON public_lookup_receipt
       BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END""",
    # INSERT OR REPLACE deletes without telling the triggers on DELETE.
    """CREATE TRIGGER receipt_no_replace BEFORE INSERT ON public_lookup_receipt
       WHEN EXISTS (SELECT 1 FROM public_lookup_receipt WHERE id = NEW.id OR number = NEW.number)
       BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END""",
]
POSTGRESQL = [
    """CREATE TRIGGER receipt_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public_lookup_receipt
       FOR EACH STATEMENT EXECUTE FUNCTION registry_append_only()"""
]


def plant(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('public_lookup', '0002_check_lists'),
        ('registry', '0011_people_by_their_day_of_birth'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(help_text='printed on it: whoever has it may confirm it', max_length=20, unique=True)),
                ('key', models.CharField(help_text='stands in the address of its page: nobody can guess it', max_length=32)),
                ('name', models.CharField(help_text='of the entry, as it was: for lists', max_length=200)),
                ('licence_number', models.CharField(max_length=20)),
                ('standing', models.CharField(max_length=30)),
                ('as_at', models.DateTimeField(help_text='the instant that was asked about')),
                ('taken_at', models.DateTimeField()),
                ('sealed', models.JSONField(help_text='record, key, signature: see registry.signing.seal')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='registry.listing')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='FormalCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('business', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('because', models.CharField(max_length=500)),
                ('told_until', models.DateField(help_text='the last day on which changes are told by email; none: not told', null=True)),
                ('follow', models.ForeignKey(help_text='made for this check, and stopped after its last day', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='formal_checks', to='public_lookup.follow')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='formal_check', to='public_lookup.receipt')),
            ],
            options={
                'permissions': [('make_formal_check', 'Make a formal check, of which the labour provider is told')],
            },
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(fields=['taken_by', '-taken_at', '-id'], name='receipt_of_account'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('key__gt', '')), name='receipt_has_a_key'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('as_at__lte', models.F('taken_at'))), name='receipt_asks_of_no_future'),
        ),
        migrations.AddConstraint(
            model_name='formalcheck',
            constraint=models.CheckConstraint(condition=models.Q(('business__gt', ''), ('name__gt', '')), name='formal_check_says_who'),
        ),
        # The table falls with the migration, and the triggers with it.
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
