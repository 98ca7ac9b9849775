"""What arrives: who asks the service to work with a child, what was decided, who works with them."""
