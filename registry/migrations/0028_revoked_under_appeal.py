"""A licence that was revoked goes on under appeal, and its entry says so.

SQLite makes the table of licences anew for the constraint, which triggers of other tables read: all are taken up first, and
planted again as they were.
"""

from importlib import import_module

from django.db import migrations, models

vehicles = import_module("registry.migrations.0012_vehicles_and_near_names")

TAKEN: list[str] = []


def take_up_triggers(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
    TAKEN[:] = [sql for _name, sql in found]
    for name, _sql in found:
        schema_editor.execute(f'DROP TRIGGER "{name}"', params=None)


def plant_triggers_again(apps, schema_editor):
    for statement in TAKEN:
        schema_editor.execute(statement, params=None)
    TAKEN.clear()


class Migration(migrations.Migration):
    dependencies = [("registry", "0027_letters_keep_their_words")]
    operations = [
        migrations.AlterModelOptions(
            name="licence",
            options={
                "permissions": [
                    ("view_licences", "See every licence"),
                    ("issue_licence", "Issue or renew a licence"),
                    ("suspend_licence", "Suspend a licence or lift a suspension"),
                    ("revoke_licence", "Revoke a licence"),
                    ("stay_revocation", "Keep a licence in force while an appeal against its revocation is heard"),
                    ("surrender_licence", "Accept the surrender of a licence"),
                    ("end_licence", "End a licence when its holder's numbers change"),
                    ("change_condition_of_licence", "Add, extend, discharge or fail a condition"),
                ]
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="appealed_from",
            field=models.DateField(
                help_text="since when the licence goes on, revoked, until an appeal is decided", null=True
            ),
        ),
        migrations.RunPython(vehicles.guard_the_new_column_too, migrations.RunPython.noop),
        migrations.AddField(
            model_name="licence",
            name="appealed_from",
            field=models.DateField(
                blank=True,
                help_text="the day from which it goes on, revoked, because of an appeal that is not decided yet",
                null=True,
            ),
        ),
        migrations.RunPython(take_up_triggers, plant_triggers_again),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.CheckConstraint(
                condition=models.Q(("appealed_from", None), ("status", "active"), _connector="OR"),
                name="licence_appealed_is_active",
            ),
        ),
        migrations.RunPython(plant_triggers_again, take_up_triggers),
    ]
