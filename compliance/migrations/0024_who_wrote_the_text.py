from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard

READING = "a reading of a sanitised text stays as it was"
NOT_RELEASED = "only a released text is passed on, word for word"


def readings(_vendor):
    yield from guards.stays("compliance_textreading", "text_reading", READING)
    released = """NOT EXISTS (SELECT 1 FROM compliance_intelligence WHERE id = NEW.intelligence_id
        AND status = 'released' AND sanitised_text = NEW.text)"""
    yield Guard("dissemination_of_released_text", "compliance_dissemination", "INSERT", released, NOT_RELEASED)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0023_sanitised_text_is_released")]
    operations = [
        migrations.AlterField(
            model_name="intelligence",
            name="text_by",
            field=models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        guards.CreateGuards("compliance", readings),
    ]
