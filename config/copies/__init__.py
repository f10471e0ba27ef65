"""Copies of all that is held, by the database's own tools, and the proof that one can be gone back to (docs/operations.md, *Keeping copies*)."""
