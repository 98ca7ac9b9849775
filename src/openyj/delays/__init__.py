"""The delay clock: where the days between an offence and the first contact went, and whose they were."""
