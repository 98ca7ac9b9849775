"""What every page is made of: forms, components, lists, dates, the clock, slots. No models, no domain words."""
