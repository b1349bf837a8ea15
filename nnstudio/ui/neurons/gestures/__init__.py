"""One object per gesture: start, move, end, cancel; a gesture owns the mouse until it is over."""
