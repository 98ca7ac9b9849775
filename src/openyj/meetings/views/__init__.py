"""Pages of boards and their meetings."""
