"""The training bar, and what joins the window to a run."""
