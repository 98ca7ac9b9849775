"""Children and where they live: the record's spine, who may see it, and who has looked."""
