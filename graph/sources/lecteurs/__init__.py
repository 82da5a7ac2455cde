"""Readers of the files people have, one module a kind; each offers a ``LECTEUR``."""
