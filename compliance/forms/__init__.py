"""The shape of what people type. What inspectors, reviewers and officers type is imported from here."""

from compliance.forms.inspections import Because, Findings, Press, Reassign, Visit, long_text

__all__ = ["Because", "Findings", "Press", "Reassign", "Visit", "long_text"]
