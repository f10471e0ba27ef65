"""Files and lists of strangers, read by a process with limits, for which a request does not wait long (docs/decisions/0197)."""
