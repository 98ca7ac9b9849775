"""The pages of court reports, by what they are for."""
