"""Where a child lives and learns, what care and help they have: dated facts that stand beside the offences."""
