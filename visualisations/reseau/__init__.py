"""The network page: its figure, its tables, its facets, its paths and its gathered form."""
