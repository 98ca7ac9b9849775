"""What a person or a machine is given: text, JSON, and the Plan itself with comments beside its text."""
