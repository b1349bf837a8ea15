"""Sheets and questions that stand over the window."""
