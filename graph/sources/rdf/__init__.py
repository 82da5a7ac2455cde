"""Graphs people already have: parsed, sieved, checked against the shapes, one group of statements a node."""
