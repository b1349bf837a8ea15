"""The palette of layer pieces."""
