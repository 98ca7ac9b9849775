"""An invented youth justice service as case-level tables. Nobody in it exists.

tables = service()             # the borough and its two neighbours, the same bytes every time
docs/explanation/invented-service.md says what is invented, from what, and what not to conclude.
"""
