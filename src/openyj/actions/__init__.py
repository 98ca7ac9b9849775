"""One register of actions wherever they arose, and the time limits the work is held to."""
