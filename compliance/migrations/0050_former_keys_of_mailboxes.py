from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Migration(migrations.Migration):
    dependencies = [("compliance", "0049_guards_of_which_business")]
    operations = [
        migrations.AddIndex(
            "report",
            models.Index(
                name="report_of_former_key", fields=["id"], condition=models.Q(Exact(Length("mailbox_key"), 64))
            ),
        ),
    ]
