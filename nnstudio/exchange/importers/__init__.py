"""Formats that can be opened besides the project file, one module each."""
