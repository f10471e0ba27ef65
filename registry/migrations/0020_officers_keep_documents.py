"""Officers add documents to cases."""

from django.db import migrations, models

from registry.migrations._guards import keeping_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0019_open_tasks_are_found_fast'),
    ]

    operations = keeping_triggers(
        migrations.AlterModelOptions(
            name='document',
            options={'permissions': [('hand_in_document', 'Hand in documents'), ('keep_agency_document', 'Keep documents that another authority sends with a reply'), ('keep_exhibit', 'Keep files that were made or taken on a visit'), ('keep_case_document', 'Keep files that an officer adds to a case')]},
        ),
        migrations.AlterField(
            model_name='document',
            name='about',
            field=models.CharField(help_text='reference of the application, request, condition, reply or entry of a file that it belongs to', max_length=20),
        ),
    )
