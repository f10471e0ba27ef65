"""What is wrong with what a pack says of visits: signs of forced labour, interviews, and what is compared in a report."""

from registry.schemes.found import Found, doubles
from registry.schemes.scheme import Scheme


def of_intelligence(scheme: Scheme) -> Found:
    for name in ("priorities", "indicators", "methods", "sources", "information", "handling", "conditions", "release"):
        rows = getattr(scheme.intelligence, name, ())
        yield from doubles(name, (one.code for one in rows))


def of_interviews(scheme: Scheme) -> Found:
    if scheme.interviews is None:
        return
    for name, rows in (("explained", scheme.interviews.explained), ("questions", scheme.interviews.questions)):
        yield from doubles(name, (one.code for one in rows))
    indicators = {one.code for one in scheme.intelligence.indicators} if scheme.intelligence else set()
    for one in scheme.interviews.questions:
        if indicators and one.points_to and one.points_to.indicator not in indicators:
            yield f"questions[{one.code}].points_to.indicator", "is no indicator of intelligence.toml"


def of_contradictions(scheme: Scheme) -> Found:
    yield from doubles("contradictions", (one.code for one in scheme.contradictions.contradictions))
    standards = {standard.code for standard in scheme.standards}
    questions = (
        {one.code for one in scheme.interviews.questions if one.kind == "yes_no"} if scheme.interviews else set()
    )
    signs = {one.code for one in scheme.intelligence.indicators} if scheme.intelligence else set()
    for one in scheme.contradictions.speaks_against:
        key = f"speaks_against[{one.sign or one.question}]"
        for code in [code for code in one.standards if code not in standards]:
            yield f"{key}.standards", f"there is no standard {code}"
        if one.question and one.question not in questions:
            yield f"{key}.question", "interviews.toml asks no such question with a yes or no"
        if one.sign and signs and one.sign not in signs:
            yield f"{key}.sign", "is no indicator of intelligence.toml"
