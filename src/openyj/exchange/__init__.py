"""Bringing data in from elsewhere. So far: a bulk load of case-level tables into the record."""
