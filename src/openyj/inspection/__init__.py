"""Inspection reports, their recommendations, and the action plan that answers them."""
