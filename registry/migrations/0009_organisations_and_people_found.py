from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0009_index_forgives_spelling'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['utr'], name='organisation_by_utr'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['vat_number'], name='organisation_by_vat'),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(fields=['name', 'email', 'id'], name='user_by_name'),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(fields=['is_active', 'name', 'email', 'id'], name='user_by_access'),
        ),
    ]
