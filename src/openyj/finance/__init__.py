"""What each partner gives to the service in a year, in money and in kind, and how it differs from the year before."""
