"""Meetings of the board: who sits on it, agenda, papers, attendance, quorum, decisions, minutes."""
