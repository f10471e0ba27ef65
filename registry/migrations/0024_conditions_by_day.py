"""The list of conditions begins with the open ones, by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0023_conflicts_of_interest'),
    ]

    operations = [
        migrations.AddField(
            model_name='condition',
            name='is_over',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('status', 'open'), _negated=True), output_field=models.BooleanField()),
        ),
        migrations.AddIndex(
            model_name='condition',
            index=models.Index(fields=['is_over', 'due_on', 'id', 'status'], name='condition_open_first'),
        ),
        migrations.AddIndex(
            model_name='condition',
            index=models.Index(fields=['due_on', 'id'], name='condition_by_day'),
        ),
        migrations.AddIndex(
            model_name='condition',
            index=models.Index(fields=['status', 'is_over', 'due_on', 'id'], name='condition_by_status'),
        ),
        migrations.AddIndex(
            model_name='condition',
            index=models.Index(fields=['standard', 'is_over', 'due_on', 'id'], name='condition_by_standard'),
        ),
    ]
