"""What must be true before something is done, noun by noun. Rules judge what they are given, and say every reason at once."""
