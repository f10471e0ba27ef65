import django.db.models.deletion
import registry.models.index
from django.db import migrations, models

TABLES = ("registry_posting", "registry_indexedword", "registry_indexedname")


def keep_postings_as_they_are(apps, schema_editor):
    """They are packed already: PostgreSQL would try in vain to compress them, and to expand them at each search."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE registry_posting ALTER COLUMN names SET STORAGE EXTERNAL")


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0008_preview_packs'),
    ]

    operations = [
        migrations.AlterField(
            model_name='posting',
            name='word',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='postings', to='registry.indexedword'),
        ),
        migrations.CreateModel(
            name='IndexedClue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('space', models.CharField(max_length=10)),
                ('subject', models.BigIntegerField()),
                ('kind', models.CharField(help_text='company, telephone, email, website, postcode, place and such', max_length=10)),
                ('key', registry.models.index.PlainCharField(max_length=100)),
            ],
            options={
                'indexes': [models.Index(fields=['space', 'subject'], name='indexed_clue_of_subject')],
                'constraints': [models.UniqueConstraint(fields=('space', 'key', 'kind', 'subject'), name='indexed_clue_once')],
            },
        ),
        migrations.CreateModel(
            name='Misspelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
                ('word', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registry.indexedword')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'word'), name='misspelling_once')],
            },
        ),
        # Words were packed in another form: `set_up` writes the index anew, and /health/ready says until then that it is behind.
        *(migrations.RunSQL(f"DELETE FROM {table}", migrations.RunSQL.noop) for table in TABLES),
        migrations.RunPython(keep_postings_as_they_are, migrations.RunPython.noop),
    ]
