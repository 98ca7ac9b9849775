"""What happened and what was decided: offences, hearings, outcomes, programmes, transfers."""
