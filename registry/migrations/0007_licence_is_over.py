from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0006_withdrawals_are_numbered'),
    ]

    operations = [
        migrations.AddField(
            model_name='licence',
            name='is_over',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('status', 'active'), _negated=True), output_field=models.BooleanField()),
        ),
        migrations.AddIndex(
            model_name='licence',
            index=models.Index(fields=['is_over', 'number', 'id', 'status'], name='licence_active_first'),
        ),
        migrations.AddIndex(
            model_name='licence',
            index=models.Index(fields=['status', 'is_over', 'number', 'id'], name='licence_by_status'),
        ),
        migrations.AddIndex(
            model_name='licence',
            index=models.Index(fields=['valid_until', 'id'], name='licence_by_last_day'),
        ),
    ]
