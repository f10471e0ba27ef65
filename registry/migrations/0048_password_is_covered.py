"""What the trail covers of an account by which its person gets in is a kind of its own (docs/decisions/0201). No table changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0047_ends_are_explained")]

    operations = [
        migrations.CreateModel(
            name="SignIn",
            fields=[],
            options={"proxy": True, "default_permissions": (), "indexes": [], "constraints": []},
            bases=("registry.user",),
        ),
    ]
