"""What the user edits and saves, as one immutable value."""
