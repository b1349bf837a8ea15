"""What the picture is drawn with; items read the board and draw, nothing else."""
