"""The duty rota: who is in court and who is on call, on which day and half-day."""
