"""HTTP routes, one module a theme."""
