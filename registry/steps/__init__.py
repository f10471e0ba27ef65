"""Steps that are declared once: page, address, button, letter preview, history words and check of the version. Import from here."""

from registry.steps.step import Step
from registry.steps.steps import Button, Steps, declare, declared, urls
from registry.trail.queries.versions import since, version_of

__all__ = ["Button", "Step", "Steps", "declare", "declared", "since", "urls", "version_of"]
