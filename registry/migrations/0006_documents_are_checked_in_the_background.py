"""Documents are checked in the background: until then there is nothing to serve, and its digest is empty (docs/decisions/0078)."""

from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard, changed

DOCUMENT = "what a document is never changes"
OF_DOCUMENT = (
    "reference", "organisation_id", "about", "requirement", "name", "media_type", "original_digest", "stored_as",
    "uploaded_by_id", "uploaded_at",
)
MADE_ONCE = ("size", "digest")


def before(vendor):
    yield Guard("document_stays", "registry_document", "UPDATE", changed(*OF_DOCUMENT, *MADE_ONCE), DOCUMENT)


def after(vendor):
    """What is served is made once, when the document is released."""
    made = f"({changed(*MADE_ONCE)}) AND NOT (OLD.digest = '' AND OLD.status = 'received' AND NEW.status = 'clean')"
    yield Guard("document_stays", "registry_document", "UPDATE", f"{changed(*OF_DOCUMENT)} OR {made}", DOCUMENT)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0005_verifications_of_the_trail'),
    ]

    operations = [
        guards.DropGuards("registry", before),
        *guards.keeping_triggers(
        migrations.AddField(
            model_name='document',
            name='fault',
            field=models.CharField(blank=True, help_text='code of what was wrong with it, if it was rejected', max_length=20),
        ),
        migrations.AddField(
            model_name='document',
            name='next_check',
            field=models.DateTimeField(blank=True, help_text='not before this instant; none: at once', null=True),
        ),
        migrations.AlterField(
            model_name='document',
            name='digest',
            field=models.CharField(blank=True, help_text='SHA-256 of what is served; empty until it was checked, and when it was rejected', max_length=64),
        ),
        migrations.AlterField(
            model_name='document',
            name='size',
            field=models.PositiveIntegerField(help_text='of what is served, in bytes; until it was checked, of what was uploaded'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'clean'), _negated=True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='document_clean_is_made'),
        ),
        ),
        guards.CreateGuards("registry", after),
    ]
