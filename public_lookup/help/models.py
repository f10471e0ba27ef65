"""Places that help workers, by the lists that name them."""

from django.db import models

from public_lookup.help.states import HelpKind
from registry.fields import PlainCharField


class HelpList(models.Model):
    """A published list of places that help, as it was read last."""

    source = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200, help_text="of the list, as people read it")
    licence = models.CharField(max_length=300, help_text="on what terms it may be used, and who must be named")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class HelpPlace(models.Model):
    """An office that anyone may go to or ring. `outward` and `town_key` are what it is found by."""

    listed_in = models.ForeignKey(HelpList, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=HelpKind)
    address = models.CharField(max_length=300)
    town = models.CharField(max_length=100)
    postcode = models.CharField(max_length=10)
    telephone = models.CharField(max_length=40, blank=True)
    languages = models.CharField(max_length=200, blank=True, help_text="as the list says it")
    hours = models.CharField(max_length=200, blank=True)
    outward = PlainCharField(max_length=4)
    town_key = PlainCharField(max_length=100)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
