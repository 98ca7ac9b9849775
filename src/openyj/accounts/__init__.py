"""Staff sign-in, services and teams, roles and permissions, who looked at what, drafts, and the database's guards."""
