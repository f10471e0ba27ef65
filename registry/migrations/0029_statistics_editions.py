import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import ALWAYS, Guard, CreateGuards, changed, stays

FROZEN = "a frozen edition never changes: correct it by another version"
OF_VERSION = ("edition_id", "number", "because", "digest", "made_by_id", "made_at")
SIGNED = ("signed_by_id", "signed_at")
COUNTERSIGNED = ("countersigned_by_id", "countersigned_at")
REFUSED = ("refused_by_id", "refused_at", "refused_because")
OF_READER = ("edition_id", "number", "name", "post", "because", "added_by_id", "added_at")


def of_editions(_vendor):
    """Tables stay, a signature is given once, and nothing that was announced or moved is taken out."""
    yield from stays("registry_editiontable", "edition_table", FROZEN)
    yield from stays("registry_editiondatemove", "edition_move", "a moved date stays written")
    version = "registry_editionversion"
    again = (
        f"{changed(*OF_VERSION)}"
        f" OR OLD.signed_at IS NOT NULL AND ({changed(*SIGNED)})"
        f" OR (OLD.countersigned_at IS NOT NULL OR OLD.refused_at IS NOT NULL) AND ({changed(*COUNTERSIGNED, *REFUSED)})"
    )
    yield Guard("edition_version_stays", version, "UPDATE", again, FROZEN)
    yield Guard("edition_version_no_delete", version, "DELETE", ALWAYS, FROZEN)
    yield Guard(
        "edition_quarter_stays",
        "registry_edition",
        "UPDATE",
        changed("code", "first_day", "last_day", "announced_by_id", "announced_at"),
        "an edition stays that of its quarter",
    )
    yield Guard("edition_no_delete", "registry_edition", "DELETE", ALWAYS, "an edition that was announced stays")
    yield Guard("edition_reader_stays", "registry_prereleasereader", "UPDATE", changed(*OF_READER), "a reader stays listed")
    yield Guard("edition_reader_no_delete", "registry_prereleasereader", "DELETE", ALWAYS, "a reader stays listed")


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0028_reasons_are_published'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='2026-Q3', max_length=7, unique=True)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('publish_at', models.DateTimeField(help_text='the announced minute: nothing is shown before')),
                ('status', models.CharField(choices=[('edition_announced', 'Date announced'), ('edition_frozen', 'Waiting for the first signature'), ('edition_signed', 'Waiting for the second signature'), ('edition_approved', 'Signed by two people')], default='edition_announced', max_length=20)),
                ('late_because', models.TextField(blank=True, help_text='why nothing was signed at the announced minute; public')),
                ('announced_at', models.DateTimeField()),
                ('announced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('publish_statistics', 'Prepare, sign and correct the public statistics')],
            },
        ),
        migrations.CreateModel(
            name='EditionDateMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.DateTimeField()),
                ('now', models.DateTimeField()),
                ('because', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='registry.edition')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EditionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('because', models.TextField(blank=True, help_text='of a correction: what was wrong; public')),
                ('digest', models.CharField(help_text='over the digests of the tables, in order', max_length=64)),
                ('made_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('countersigned_at', models.DateTimeField(blank=True, null=True)),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('refused_because', models.TextField(blank=True)),
                ('countersigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='registry.edition')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='EditionTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(help_text='in the order of the edition')),
                ('code', models.SlugField(max_length=60)),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tables', to='registry.editionversion')),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.CreateModel(
            name='PreReleaseReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('post', models.CharField(max_length=200)),
                ('because', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readers', to='registry.edition')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['-first_day', '-id'], name='edition_newest'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gt', models.F('first_day'))), name='edition_runs_forward'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('publish_at__gt', models.F('announced_at'))), name='edition_announced_ahead'),
        ),
        migrations.AddConstraint(
            model_name='editiondatemove',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='edition_move_says_why'),
        ),
        migrations.AddConstraint(
            model_name='editionversion',
            constraint=models.UniqueConstraint(condition=models.Q(('refused_at', None)), fields=('edition', 'number'), name='edition_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='editionversion',
            constraint=models.UniqueConstraint(condition=models.Q(('countersigned_at', None), ('refused_at', None)), fields=('edition',), name='edition_version_one_open'),
        ),
        migrations.AddConstraint(
            model_name='editionversion',
            constraint=models.CheckConstraint(condition=models.Q(('countersigned_by', None), models.Q(('signed_by__isnull', False), models.Q(('countersigned_by', models.F('signed_by')), _negated=True)), _connector='OR'), name='edition_version_signed_by_two'),
        ),
        migrations.AddConstraint(
            model_name='editionversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_by', None)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='edition_version_signed_whole'),
        ),
        migrations.AddConstraint(
            model_name='editionversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('countersigned_at', None), ('countersigned_by', None)), models.Q(('countersigned_at__isnull', False), ('countersigned_by__isnull', False), ('refused_at', None)), _connector='OR'), name='edition_version_countersigned_whole'),
        ),
        migrations.AddConstraint(
            model_name='editionversion',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('because__gt', ''), ('number__gt', 1)), _connector='OR'), name='edition_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='editiontable',
            constraint=models.UniqueConstraint(fields=('version', 'code'), name='edition_table_once'),
        ),
        migrations.AddConstraint(
            model_name='prereleasereader',
            constraint=models.UniqueConstraint(fields=('edition', 'number'), name='edition_reader_number_once'),
        ),
        migrations.AddConstraint(
            model_name='prereleasereader',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('post', ''), _negated=True), models.Q(('because', ''), _negated=True)), name='edition_reader_has_post_and_reason'),
        ),
        CreateGuards("registry", of_editions),
    ]
