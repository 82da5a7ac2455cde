"""The doors of Maillage: HTTP (pages, JSON, SPARQL) and the command line.

Nothing is computed here: requests are read, the layers below answer, answers are written.
"""
