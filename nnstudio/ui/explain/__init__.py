"""Formulas with the numbers of the network in them."""
