"""The panels around the user's own table."""
