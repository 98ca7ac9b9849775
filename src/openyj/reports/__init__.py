"""Court reports: asked for by a court, drafted from the record, gatekept, signed and sent."""
