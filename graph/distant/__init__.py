"""An edition on a SPARQL 1.1 server: put there by :mod:`graph.distant.publication`, read by the others.

Nothing here knows one make of server: queries by the SPARQL Protocol, graphs by the Graph Store Protocol.
"""
