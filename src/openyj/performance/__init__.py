"""Figures on screen: charts, tables, the evidence for each number and the children behind it."""
