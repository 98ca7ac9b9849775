"""The case-level tables: a small fixed set of flat tables in the vocabulary of the national child-level return."""
