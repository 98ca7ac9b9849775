"""How much each worker has: one number, from weights that a service sets."""
