"""One training run: a session without threads, the thread around it, and what views see of it."""
