"""Officers and owners of companies, as the companies register publishes them."""

import django.db.models.deletion
from django.db import migrations, models

import registry.fields


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0036_yearly_statements'),
    ]

    operations = [
        migrations.CreateModel(
            name='CompanyPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', registry.fields.PlainCharField(max_length=8)),
                ('name', models.CharField(help_text='first names first', max_length=200)),
                ('kind', models.CharField(choices=[('principal_authority', 'Principal authority'), ('alternative_representative', 'Alternative business representative'), ('director', 'Director'), ('secretary', 'Company secretary'), ('partner', 'Partner'), ('named_individual', 'Named individual'), ('named_position', 'Named position'), ('controller', 'Person with control')], max_length=30)),
                ('since', models.DateField(blank=True, null=True)),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='company_people', to='registry.import')),
            ],
            options={
                'verbose_name_plural': 'company people',
                'indexes': [models.Index(models.F('edition'), models.F('number'), name='company_people_of_a_company')],
            },
        ),
    ]
