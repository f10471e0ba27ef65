"""Money by card and by bank statement, and what is demanded besides the fee: a case counts as unpaid while any of it is.

The marks of cases are pulled up before the table of payments is made anew and planted after it, reckoning with the demands.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.identifiers import new_reference

before = import_module("licensing.migrations.0004_case_marks")

DEMANDED = """c.fee + (SELECT COALESCE(SUM(more.amount), 0) FROM licensing_demand more
        WHERE more.application_id = c.id AND more.ended_at IS NULL) > ("""
MARKS = before.MARKS.replace("c.fee > (", DEMANDED)
TRIGGERS = {
    **before.TRIGGERS,
    "case_marks_of_new_demand": ("INSERT ON licensing_demand", "NEW.application_id"),
    "case_marks_of_demand": ("UPDATE ON licensing_demand", "NEW.application_id"),
    "case_marks_of_no_demand": ("DELETE ON licensing_demand", "OLD.application_id"),
}


def insert(vendor, case):
    return MARKS.replace("AS code", f"AS {before.ALIAS[vendor]}").format(each=before.EACH[vendor], case=case)


def plant(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, (event, case) in TRIGGERS.items():
        made_anew = f"DELETE FROM licensing_casemark WHERE application_id = {case}; {insert(vendor, f'c.id = {case}')};"
        if vendor == "sqlite":
            statements = [f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW BEGIN {made_anew} END"]
        else:
            statements = [
                f"CREATE FUNCTION licensing_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {made_anew} RETURN NULL; END $$",
                f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW EXECUTE FUNCTION licensing_{name}()",
            ]
        for statement in statements:
            schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, (event, _case) in TRIGGERS.items():
        table = event.rsplit(" ", 1)[1]
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgresql else ""), params=None)
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION licensing_{name}", params=None)


def number(apps, schema_editor):
    """What was received before has a receipt number too."""
    for payment in apps.get_model("licensing", "Payment").objects.order_by("pk").iterator():
        payment.reference = new_reference("T")
        payment.save(update_fields=["reference"])


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0006_messages_and_paces'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(before.pull_up, before.plant),
        migrations.CreateModel(
            name='CardPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(help_text='ours: a repeated request bears the same', max_length=20, unique=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('status', models.CharField(choices=[('created', 'Not handed over yet'), ('started', 'Under way'), ('success', 'Paid'), ('failed', 'Declined'), ('cancelled', 'Cancelled'), ('expired', 'Not finished in time')], default='created', max_length=20)),
                ('provider_id', models.CharField(blank=True, help_text="the provider's name for it; none until it answers", max_length=100, null=True, unique=True)),
                ('code', models.CharField(blank=True, help_text="the provider's reason why nothing came of it", max_length=40)),
                ('begun_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Demand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('inspection', 'Charge for an inspection'), ('shortfall', 'Difference of the fee')], max_length=20)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('band', models.CharField(help_text='of fees, that the amount follows from', max_length=10)),
                ('declared', models.DecimalField(blank=True, decimal_places=2, help_text='turnover', max_digits=15, null=True)),
                ('verified', models.DecimalField(blank=True, decimal_places=2, help_text='turnover', max_digits=15, null=True)),
                ('evidence', models.TextField(blank=True)),
                ('due_on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(help_text='of the file', max_length=200)),
                ('digest', models.CharField(help_text='SHA-256 of the file: the same file is one statement', max_length=64, unique=True)),
                ('rows', models.JSONField(default=list, help_text='the cells as they are written, the heading first')),
                ('columns', models.JSONField(default=dict, help_text='which column says what, as it was taken up')),
                ('read_at', models.DateTimeField()),
                ('taken_up_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('key', models.CharField(help_text='digest of what the line says: the same money is one line', max_length=64, unique=True)),
                ('received_on', models.DateField()),
                ('description', models.CharField(blank=True, max_length=300)),
                ('bank_reference', models.CharField(blank=True, max_length=100)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('set_aside_because', models.CharField(blank=True, max_length=500)),
                ('set_aside_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='payment_recorded_once',
        ),
        migrations.AddField(
            model_name='payment',
            name='reference',
            field=models.CharField(help_text='the number of its receipt', max_length=20, null=True, unique=True),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='payment',
            name='reference',
            field=models.CharField(help_text='the number of its receipt', max_length=20, unique=True),
        ),
        migrations.AlterField(
            model_name='payment',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cardpayment',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='card_payments', to='licensing.application'),
        ),
        migrations.AddField(
            model_name='cardpayment',
            name='begun_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='payment',
            name='card',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment', to='licensing.cardpayment'),
        ),
        migrations.AddField(
            model_name='demand',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='demands', to='licensing.application'),
        ),
        migrations.AddField(
            model_name='demand',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statement',
            name='read_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statementline',
            name='set_aside_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statementline',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='licensing.statement'),
        ),
        migrations.AddField(
            model_name='payment',
            name='line',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment', to='licensing.statementline'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('card', None), ('line', None), _connector='OR'), name='payment_came_one_way'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('card__isnull', False), ('recorded_by__isnull', False), _connector='OR'), name='payment_by_transfer_has_recorder'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('card', None), ('line', None)), fields=('application', 'bank_reference', 'received_on'), name='payment_recorded_once'),
        ),
        migrations.AddIndex(
            model_name='cardpayment',
            index=models.Index(condition=models.Q(('status__in', ['created', 'started'])), fields=['begun_at'], name='card_payment_unfinished'),
        ),
        migrations.AddConstraint(
            model_name='cardpayment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='card_payment_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='cardpayment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['created', 'expired']), ('provider_id__isnull', False), _connector='OR'), name='card_payment_handed_over_is_known'),
        ),
        migrations.AddConstraint(
            model_name='cardpayment',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['created', 'started'])), fields=('application',), name='card_payment_one_open_each'),
        ),
        migrations.AddConstraint(
            model_name='demand',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='demand_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='demand',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'inspection'), ('verified', None)), models.Q(('evidence__gt', ''), ('kind', 'shortfall'), ('verified__isnull', False)), _connector='OR'), name='demand_of_shortfall_has_evidence'),
        ),
        migrations.AddConstraint(
            model_name='demand',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('application', 'kind'), name='demand_one_open_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='statement_line_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('set_aside_at', None), ('set_aside_because', ''), ('set_aside_by', None)), models.Q(('set_aside_at__isnull', False), ('set_aside_because__gt', ''), ('set_aside_by__isnull', False)), _connector='OR'), name='statement_line_set_aside_has_reason'),
        ),
        migrations.RunPython(plant, pull_up),
    ]
