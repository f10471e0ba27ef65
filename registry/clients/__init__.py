"""What carries words to machines of others, for every app: text messages. Plain values in, plain values out."""
