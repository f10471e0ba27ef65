"""How much an ordinary company is asked: every step is opened as it is drawn, its fields and words are counted.

The company is found in the companies register. The bar of the product is 120 fields and 2,500 words; what is asked may only
become less (docs/measured.md).
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.utils import timezone

from config.demo.answered import answer_all
from licensing.application_form.rules import effort, steps
from registry import schemes
from tests.conftest import NOW
from tests.licensing.applications.test_views_company import SNAPSHOT
from tests.people import signed_in
from tests.stories import an_application, holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BAR, BAR_OF_WORDS = 120, 2_500
MOST = {"gla-food": 111, "construction": 119}
# Where no snapshot of the companies register has been read.
MOST_BY_HAND = {"gla-food": 124, "construction": 131}
MOST_WORDS = {"gla-food": 1_709, "construction": 1_913}
# Progress, buttons and links: the same on every page.
MOST_AROUND = {"gla-food": 496, "construction": 561}
VOID = frozenset({"input", "br", "hr", "img", "meta", "link"})


@dataclass
class Reader(HTMLParser):
    """What stands in `main`: the names of the fields, the words of the questions, and those around them."""

    fields: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag in {"input", "select", "textarea"} and known.get("type") != "hidden" and self._is_shown:
            self.fields.add(str(known["name"]))
        if tag not in VOID:
            kind = "hidden" if "hidden" in known else str(known.get("class") or "").split(" ")[0]
            self._open.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_shown:
            return
        is_asked = self._is_in("govuk-form-group") or self._is_in("h1")
        (self.asked if is_asked else self.around).extend(data.split())

    @property
    def _is_shown(self) -> bool:
        return self._is_in("main") and not self._is_in("details") and not self._is_in("hidden")

    def _is_in(self, what: str) -> bool:
        return any(what in opened for opened in self._open)


@pytest.mark.parametrize("name", sorted(MOST))
def test_an_ordinary_company_is_asked_so_much_and_nothing_that_is_not_its_own(name: str) -> None:
    scheme = schemes.in_force(name, timezone.localdate(NOW))
    application = an_application(scheme=name)
    call_command("import_companies", str(SNAPSHOT), verbosity=0)
    filled = effort.ordinary_company(scheme, is_registered=True)
    client = signed_in(holder_of(application.organisation))
    first = client.get(f"/apply/{application.reference}/company-register/").content.decode()
    answer_all(application, filled.items, by=holder_of(application.organisation), at=NOW)
    fields, words, around = 0, 0, 0
    walked = [step for section, _pages in filled.sections() for step in steps.asked_steps(filled, section)]
    places = ["/".join(filter(None, ("steps", step.page.slug, step.item, step.code))) for step in walked]
    for page in [first, *(client.get(f"/apply/{application.reference}/{place}/").content.decode() for place in places)]:
        assert "Only if" not in page
        read = Reader()
        read.feed(page)
        fields, words, around = fields + len(read.fields), words + len(read.asked), around + len(read.around)

    print(f"{name}: {len(places) + 1} steps, {fields} fields, {words} words of questions, {around} around them")
    assert fields <= MOST[name] <= BAR
    assert words <= MOST_WORDS[name]
    assert around <= MOST_AROUND[name]
    assert words + around <= BAR_OF_WORDS
    computed = effort.effort_of_ordinary_company(scheme, language="en", is_registered=True)
    # What the start page says beforehand is what is then asked; places are looked for in a list, whose page has more boxes.
    assert computed.fields == pytest.approx(fields, rel=0.05)
    assert effort.effort_of_ordinary_company(scheme, language="en").fields <= MOST_BY_HAND[name]
