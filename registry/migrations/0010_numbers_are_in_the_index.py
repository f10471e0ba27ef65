from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0009_organisations_and_people_found'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='organisation',
            name='organisation_by_utr',
        ),
        migrations.RemoveIndex(
            model_name='organisation',
            name='organisation_by_vat',
        ),
    ]
