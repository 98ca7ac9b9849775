"""Question sets as data: read, checked, answered, completed, countersigned, compared. Knows no child: see `models`."""
