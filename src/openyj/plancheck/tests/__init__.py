"""Tests of the Plan checker; ``plans`` writes an invented Plan in every form."""
