"""Papers that people write and the code checks: a file of facts, drawn as a page. Each measure names what shows it."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from registry import schemes

FOLDER = settings.BASE_DIR / "docs" / "law"


def facts(name: str) -> dict[str, Any]:
    """What docs/law/<name>.toml says."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def shown_by(part: Mapping[str, Any]) -> list[str]:
    """The files and tests that a part of a paper names: `path`, or `path::test`."""
    return [*part.get("code", []), *part.get("shown_by", [])]


def _links(names: list[str]) -> str:
    return ", ".join(f"[`{one}`](../../{one.split('::')[0]})" for one in names) or "*nothing shows it today*"


def assessment(_on: date) -> str:
    """The data-protection impact assessment (UK GDPR, article 35): docs/law/assessment.md."""
    said = facts("assessment")
    lines = ["# Data-protection impact assessment", "", said["about"].strip(), ""]
    for part in said["parts"]:
        lines += [f"## {part['title']}", "", part["text"].strip(), ""]
    lines += ["## Risks to people, and what is done about them", ""]
    for number, risk in enumerate(said["risks"], 1):
        lines += [f"### {number}. {risk['title']}", "", *_risk(risk), ""]
    return "\n".join(lines)


def _risk(risk: Mapping[str, Any]) -> Iterator[str]:
    yield f"* **Who is harmed, and how:** {risk['harm']}"
    yield f"* **Without measures:** likelihood {risk['likelihood']}, severity {risk['severity']}"
    yield f"* **What is done:** {risk['done']}"
    yield f"* **Shown by:** {_links(shown_by(risk))}"
    yield f"* **What is left:** {risk['left']}"


def algorithms(on: date) -> str:
    """What counts, compares or proposes, as the Algorithmic Transparency Recording Standard asks: docs/law/algorithms.md."""
    said = facts("algorithms")
    lines = ["# Algorithmic transparency record", "", said["about"].strip(), ""]
    for tool in said["tools"]:
        lines += [f"## {tool['title']}", "", *_tool(tool)]
        if tool.get("weights"):
            lines += ["", *_weights(on)]
        lines += [""]
    return "\n".join(lines)


def _tool(tool: Mapping[str, Any]) -> Iterator[str]:
    for name, title in _TOOL.items():
        yield f"* **{title}:** {tool[name]}"
    yield f"* **Code:** {_links(tool['code'])}"
    yield f"* **Shown by:** {_links(tool['shown_by'])}"


_TOOL = {
    "does": "What it does",
    "decides": "Who decides",
    "reads": "What it reads",
    "method": "How it works",
    "limits": "Known limits",
    "question": "How to question it",
}


def _weights(on: date) -> Iterator[str]:
    """The signals and points in force, as each pack has them."""
    for name in schemes.names():
        pack = schemes.in_force(name, max(on, schemes.versions(name)[0]))
        if pack.targeting:
            yield f"Signals of {pack.title['en']}, version {pack.version.isoformat()}:\n"
            yield "| signal | what is counted | points |\n|---|---|---|"
            for signal in pack.targeting.signals:
                steps = "; ".join(f"from {step.at_least}: {step.points}" for step in signal.steps)
                yield f"| {signal.title['en']} | {signal.counts['en']} | {steps} |"
            yield ""
