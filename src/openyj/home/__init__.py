"""The first page, my work, the search box."""
