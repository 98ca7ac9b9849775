"""Court, bail and remand: sentences proposed, bail offered, remands and what they cost, accommodation after charge."""
