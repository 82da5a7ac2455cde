"""Editions: immutable folders built from the sources, one of them current.

``dossier`` keeps the folders, ``construction`` builds one, ``derivation`` adds what follows from what
the sources say, ``controle`` checks it, ``manifeste`` and ``rapport`` describe it.
"""
