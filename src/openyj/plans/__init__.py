"""The yearly Youth Justice Plan: its headings, its text with live figures, its frozen versions."""
