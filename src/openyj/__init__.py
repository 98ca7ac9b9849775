"""Open Youth Justice: one system for a youth justice service. Start at README.md."""

__version__ = "0.1.0"
