"""The outbox: every email, text message and webhook post that must leave, until it has left (docs/decisions/0094)."""
