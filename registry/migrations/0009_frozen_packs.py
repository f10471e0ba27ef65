"""Versions of schemes that cases are pinned to are frozen (docs/decisions/0084)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed

KEPT = "what a version of a scheme said is append-only"


def of_editions(vendor):
    """Only a correction that waits may change, by being accepted."""
    table = "registry_packedition"
    said = changed("id", "scheme", "version", "edition", "digest", "said", "at", "because", "proposed_by_id")
    yield Guard("pack_edition_no_update", table, "UPDATE", f"OLD.edition = 1 OR OLD.accepted_at IS NOT NULL OR {said}", KEPT)
    yield Guard("pack_edition_no_delete", table, "DELETE", ALWAYS, KEPT)
    clash = "id = NEW.id OR scheme = NEW.scheme AND version = NEW.version AND edition = NEW.edition"
    yield from guards.not_replaced(vendor, table, "pack_edition_no", clash, KEPT)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0008_the_offer_of_a_passkey_is_put_off'),
    ]

    operations = [
        migrations.CreateModel(
            name='PackEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=60)),
                ('version', models.DateField()),
                ('edition', models.PositiveSmallIntegerField(help_text='1: frozen with the first case; later ones are corrections')),
                ('digest', models.CharField(help_text='SHA-256 of `said`', max_length=64)),
                ('said', models.TextField()),
                ('at', models.DateTimeField(help_text='when it was frozen, or the correction proposed')),
                ('because', models.TextField(blank=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('correct_packs', 'Propose and accept corrections of scheme packs that cases are pinned to')],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('scheme', 'version', 'edition'), name='pack_edition_once'), models.CheckConstraint(condition=models.Q(('accepted_by', None), models.Q(('accepted_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='pack_edition_by_two')],
            },
        ),
        guards.CreateGuards("registry", of_editions),
    ]
