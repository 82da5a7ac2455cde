"""What people see: pages and figures drawn from the catalogue, as HTML strings.

Every page is a function from the catalogue (and frozen view arguments) to a string: no HTTP here.
Templates escape everything, carry no inline script or style, and take their words from ``messages/``.
"""
