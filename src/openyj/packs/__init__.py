"""Packs: what a board is sent before it meets, made from the record and kept as it was sent."""
