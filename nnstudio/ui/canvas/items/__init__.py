"""What stands on the canvas. Items draw and say where they are; gestures decide what happens."""
