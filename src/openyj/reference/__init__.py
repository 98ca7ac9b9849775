"""Dated reference data an administrator extends the same day: what an outcome counts as, codes, populations, published
rates."""
