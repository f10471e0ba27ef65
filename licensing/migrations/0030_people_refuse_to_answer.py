"""A named person may say that they do not answer."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0029_refusals_of_corrections_are_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='part',
            name='refused_at',
            field=models.DateTimeField(blank=True, help_text='when the person said that they do not answer', null=True),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(('signed_at', None), ('refused_at', None), _connector='OR'), name='part_signed_or_refused'),
        ),
    ]
