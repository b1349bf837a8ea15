"""Trying the network on values of one's own."""
