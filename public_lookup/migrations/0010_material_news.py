"""Who asked to be told what is new to pass on."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public_lookup', '0008_supplier_board'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('is_for_organisation', models.BooleanField(help_text='of workers, which passes it on')),
                ('sector', models.CharField(blank=True, help_text='none: all', max_length=60)),
                ('place', models.CharField(blank=True, help_text='town, county or postcode; none: everywhere', max_length=100)),
                ('languages', models.JSONField(default=list, help_text='of the texts to pass on')),
                ('language', models.CharField(help_text='of the page, and of the mails', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('told_until', models.DateField(help_text='the last day that a mail has told of')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('address', 'sector', 'place'), name='news_reader_once')],
            },
        ),
    ]
