"""The gallery of ready examples and recent files."""
