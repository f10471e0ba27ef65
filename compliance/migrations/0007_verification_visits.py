"""Somebody visits to see whether one condition is met."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0006_no_part_in_a_conflict'),
    ]

    operations = [
        migrations.AlterField(
            model_name='inspection',
            name='kind',
            field=models.CharField(choices=[('application', 'Application inspection'), ('compliance', 'Compliance inspection'), ('new_business', 'New business compliance inspection'), ('change_of_pa', 'Change of principal authority inspection'), ('verification', 'Verification visit for a condition')], max_length=20),
        ),
    ]
