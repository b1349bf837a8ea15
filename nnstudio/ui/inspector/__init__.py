"""The inspector: the settings and numbers of what is selected."""
