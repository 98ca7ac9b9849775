"""Background work: asked for in the transaction that needs it, done by a worker, once in effect, as who asked."""
