"""What carries our words to machines of others: over the web, and to telephones. Plain values in, plain values out."""
