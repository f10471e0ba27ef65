"""Requests to applicants have items and a lifecycle; one that was not answered can be evidence. What was asked before is one item.

The trail covers requests, and what their rows hold changes. A row that is as the last event about it left it gets a new digest,
by an event; one that was rewritten past the trail keeps its old digest, and the next verification names it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

from registry.integrity import covering, row_contents
from registry.migrations import _guards as guards
from registry.trail.actions import events as trail
from registry.trail.models.covered import RowDigest

KIND = "licensing.informationrequest"
#: Keys of the rows that were as the last event about them left them.
_sound: set[str] = set()


def _contents(apps):
    """What each request holds, as the digest of its row is made of it."""
    model = apps.get_model("licensing", "InformationRequest")
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = [row_contents.CoveredColumn(field.attname, field.get_default(), field.null) for field in fields]
    rows = model.objects.values_list("pk", *(column.name for column in columns))
    return {str(key): row_contents.content(columns, values, {}) for key, *values in rows}


def compare(apps, _editor):
    if apps.get_model("licensing", "InformationRequest").objects.exists():
        now = _contents(apps)
        last = RowDigest.objects.filter(kind=KIND).exclude(salt="")
        _sound.update(
            one.row for one in last if one.row in now and covering.digest_of(one.salt, now[one.row]) == one.digest
        )


def cover(apps, _editor):
    contents = {row: said for row, said in _contents(apps).items() if row in _sound} if _sound else {}
    _sound.clear()
    if contents:
        trail.cover_migrated(KIND, contents, at=timezone.now())


def to_items(apps, editor):
    """What is still open stays so, unless its case is over: the next night ends what is past its day."""
    requests, items = (apps.get_model("licensing", name) for name in ("InformationRequest", "RequestItem"))
    asked = requests.objects.values_list("pk", "question", "answer")
    items.objects.bulk_create(
        (items(request_id=key, number=1, text=question, answer=answer) for key, question, answer in asked),
        batch_size=1_000,
    )
    requests.objects.exclude(answered_at=None).update(status="answered")
    # A join cannot be in an update.
    over = requests.objects.filter(answered_at=None, application__is_over=True)
    for request in over.annotate(ended_at=F("application__closed_at")):
        request.status, request.closed_at = "withdrawn", request.ended_at
        request.save(update_fields=["status", "closed_at"])
    _settle_constraints(editor)


def to_questions(apps, editor):
    requests, items = (apps.get_model("licensing", name) for name in ("InformationRequest", "RequestItem"))
    for item in items.objects.filter(number=1):
        requests.objects.filter(pk=item.request_id).update(question=item.text, answer=item.answer)
    items.objects.all().delete()
    _settle_constraints(editor)


def _settle_constraints(editor):
    """PostgreSQL alters no table with rows that it has still to check."""
    if editor.connection.vendor == "postgresql":
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _is_what_it_says():
    """Tied to the one thing that it is, and to nothing else; a note to nothing."""
    tied_to = {"check": "check_reply"} | {kind: kind for kind in ("finding", "document", "sent", "desk_check", "request")}
    found = Q(kind="note", **dict.fromkeys(tied_to.values()))
    for kind, field in tied_to.items():
        others = dict.fromkeys(other for other in tied_to.values() if other != field)
        found |= Q(kind=kind, **{f"{field}__isnull": False}, **others)
    return found


def _by_someone(**options):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


STATUSES = [
    ("open", "Waiting for an answer"),
    ("answered", "Answered"),
    ("withdrawn", "Withdrawn"),
    ("lapsed", "Not answered in time"),
]
EVIDENCE = [
    ("check", "Reply of another authority"),
    ("finding", "Finding of a confirmed inspection"),
    ("document", "Document"),
    ("sent", "What the holder sent"),
    ("desk_check", "Desk check by an officer"),
    ("request", "Request that was not answered in time"),
    ("note", "What we know"),
]
ANSWERED = Q(status="answered", answered_by__isnull=False, answered_at__isnull=False)
UNANSWERED = ~Q(status="answered") & Q(answered_by=None, answered_at=None)
WANTED = Q(wanted_on__isnull=False, wanted_at__isnull=False, wanted_by__isnull=False)


class Migration(migrations.Migration):
    dependencies = [
        ("licensing", "0007_bundles_of_appeals"),
        ("registry", "0010_one_outbox"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(compare, cover),
        *guards.keeping_triggers(
            migrations.RemoveIndex("informationrequest", "request_open_by_due"),
            migrations.RemoveConstraint("informationrequest", "request_one_open_each"),
            migrations.AddField(
                "informationrequest", "status", models.CharField(choices=STATUSES, default="open", max_length=20)
            ),
            migrations.AddField(
                "informationrequest",
                "reminded_at",
                models.DateTimeField(
                    blank=True, help_text="of this day; none after more time was given", null=True
                ),
            ),
            migrations.AddField(
                "informationrequest",
                "wanted_on",
                models.DateField(blank=True, help_text="the day that the applicant asks for instead", null=True),
            ),
            migrations.AddField(
                "informationrequest",
                "wanted_because",
                models.TextField(blank=True, default="", help_text="why the applicant needs more time"),
                preserve_default=False,
            ),
            migrations.AddField("informationrequest", "wanted_at", models.DateTimeField(blank=True, null=True)),
            migrations.AddField("informationrequest", "wanted_by", _by_someone()),
            migrations.AddField(
                "informationrequest",
                "closed_at",
                models.DateTimeField(blank=True, help_text="withdrawn, or not answered in time", null=True),
            ),
            migrations.AddField(
                "informationrequest",
                "closed_because",
                models.TextField(blank=True, default="", help_text="why it was withdrawn"),
                preserve_default=False,
            ),
            migrations.CreateModel(
                name="RequestItem",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveIntegerField()),
                    (
                        "document",
                        models.CharField(
                            blank=True, help_text="code of the kind of document in the pack", max_length=60
                        ),
                    ),
                    (
                        "text",
                        models.TextField(blank=True, help_text="the question, or what about the document matters"),
                    ),
                    ("answer", models.TextField(blank=True)),
                    (
                        "request",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="licensing.informationrequest",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("request", "number"), name="request_item_has_its_number"),
                        models.CheckConstraint(
                            condition=Q(text__gt="") | Q(document__gt=""), name="request_item_asks_something"
                        ),
                    ]
                },
            ),
            migrations.RunPython(to_items, to_questions),
            # So that going back finds a value for the column until `to_questions` has filled it.
            migrations.AlterField("informationrequest", "question", models.TextField(blank=True)),
            migrations.RemoveField("informationrequest", "question"),
            migrations.RemoveField("informationrequest", "answer"),
            migrations.AddConstraint(
                "informationrequest",
                models.CheckConstraint(name="request_answered_by_someone", condition=ANSWERED | UNANSWERED),
            ),
            migrations.AddConstraint(
                "informationrequest",
                models.CheckConstraint(
                    name="request_wants_a_day",
                    condition=Q(wanted_on=None, wanted_at=None, wanted_by=None) | WANTED,
                ),
            ),
            migrations.AddIndex(
                "informationrequest",
                models.Index(name="request_open_until", fields=["due_on", "id"], condition=Q(status="open")),
            ),
            migrations.AddIndex(
                "informationrequest", models.Index(name="request_of_case", fields=["application", "status"])
            ),
            migrations.RemoveConstraint("exhibit", "exhibit_is_what_it_says"),
            migrations.AddField(
                "exhibit",
                "request",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="exhibits",
                    to="licensing.informationrequest",
                ),
            ),
            migrations.AlterField("exhibit", "kind", models.CharField(choices=EVIDENCE, max_length=20)),
            migrations.AddConstraint(
                "exhibit",
                models.CheckConstraint(name="exhibit_is_what_it_says", condition=_is_what_it_says()),
            ),
        ),
        migrations.RunPython(cover, compare),
    ]
