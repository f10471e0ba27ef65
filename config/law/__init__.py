"""The papers that a lawyer asks for, drawn from what the code declares: `manage.py draw_law` writes docs/law/."""
