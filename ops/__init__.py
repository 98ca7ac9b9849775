"""What runs around the site: setting up, the database server, starting, stopping, backup. Standard library only,
because it runs before anything is installed."""
