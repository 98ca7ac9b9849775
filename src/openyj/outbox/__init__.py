"""What leaves the building: messages that never say what service they come from, and calendars."""
