"""One object for each gesture: it starts, moves, ends, or is cancelled without a trace."""
