"""Steps that are declared once: page, address, button, letter preview, history words and check of the version; and starts.

Import from here."""

from registry.steps.starts import Start, starts_urls
from registry.steps.step import Step
from registry.steps.steps import Button, Steps, declare, declared, urls
from registry.trail.queries.versions import since, version_of

__all__ = ["Button", "Start", "Step", "Steps", "declare", "declared", "since", "starts_urls", "urls", "version_of"]
