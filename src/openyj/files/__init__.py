"""Files that people add: what they are by their content, kept safely, searched, and given out safely."""
