"""From the record to the case-level tables: live for one service, or frozen as a snapshot."""
