"""The run in the window: the bar, the line of advice, and what drives the views."""
