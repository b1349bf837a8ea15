"""What the program does beside the network: settings, autosave, recent files, logs, self-test."""
