"""Readers: each turns one kind of input into statements and a report, and never raises for a bad row.

A source is one named graph. What a reader wrote for an unchanged input is kept and used again.
"""
