"""An invented service to try: its staff, children, money and draft Plan, put into the record."""
