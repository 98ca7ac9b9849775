"""Writing boards and their meetings. Each in one transaction, as `by` and within their service. Who may is the view's
to ask. A refusal is a ValidationError beside the field it is about."""
