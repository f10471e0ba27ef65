"""Whether what was typed into the look-up is a message that somebody was sent, rather than a name or a number."""

#: The name of a business is hardly longer. A longer text may be a message, which can name people and telephones.
MOST_CHARACTERS, MOST_WORDS = 80, 10


def is_message(text: str) -> bool:
    """Whether the text is longer than the name of a business: it is then put into no address."""
    return len(text) > MOST_CHARACTERS or len(text.split()) > MOST_WORDS
