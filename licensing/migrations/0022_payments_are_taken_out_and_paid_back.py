"""A payment that was recorded by mistake is taken out, and what was paid too much is paid back: by rows below zero."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import keeping_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0021_guards_of_files_and_appeals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = keeping_triggers(
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('due', 'To be paid back'), ('paid', 'Paid back'), ('not_due', 'Not to be paid back'), ('replaced', 'Replaced')], default='due', max_length=20)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('noticed_at', models.DateTimeField()),
                ('because', models.TextField(blank=True, help_text='why it is not paid back; the payer reads it')),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='payment_is_positive',
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='payment_recorded_once',
        ),
        migrations.AddField(
            model_name='payment',
            name='because',
            field=models.TextField(blank=True, help_text='why it was recorded by mistake; the payer reads it'),
        ),
        migrations.AddField(
            model_name='payment',
            name='cancelled_at',
            field=models.DateTimeField(blank=True, help_text='when it turned out to be a mistake', null=True),
        ),
        migrations.AddField(
            model_name='payment',
            name='kind',
            field=models.CharField(choices=[('received', 'Received'), ('cancelled', 'Recorded by mistake'), ('paid_back', 'Paid back')], default='received', max_length=20),
        ),
        migrations.AddField(
            model_name='payment',
            name='reverses',
            field=models.OneToOneField(blank=True, help_text='by mistake', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='licensing.payment'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='amount',
            field=models.DecimalField(decimal_places=2, help_text='below zero for what was recorded by mistake, or paid back', max_digits=9),
        ),
        migrations.AlterField(
            model_name='payment',
            name='received_on',
            field=models.DateField(help_text='or paid back on'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('kind', 'received'), ('reverses', None)), models.Q(('amount__lt', 0), ('because__gt', ''), ('kind', 'cancelled'), ('reverses__isnull', False)), models.Q(('amount__lt', 0), ('kind', 'paid_back'), ('reverses', None)), _connector='OR'), name='payment_counts_as_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('card', None), ('kind', 'received'), ('line', None)), fields=('application', 'bank_reference', 'received_on'), name='payment_recorded_once'),
        ),
        migrations.AddField(
            model_name='refund',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='licensing.application'),
        ),
        migrations.AddField(
            model_name='refund',
            name='handled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refund',
            name='payment',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refund', to='licensing.payment'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'due')), fields=('application',), name='refund_one_due'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'paid'), _negated=True), ('payment__isnull', False), _connector='OR'), name='refund_paid_has_payment'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'not_due'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='refund_not_due_says_why'),
        ),
    )
