"""The graph of Maillage: sources, editions, the catalogue and the answers computed from it.

Pure Python over RDF: nothing here knows HTTP, HTML or the command line.
"""
