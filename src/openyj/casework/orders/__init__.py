"""What follows from an outcome: its requirements with hours and dates, appeals, contract, custody, changes, transfer.

An *order* is what was decided together: the outcomes of one sentencing occasion that are of one kind. What hangs on an
order hangs on one of its outcomes and answers all of them.
"""
