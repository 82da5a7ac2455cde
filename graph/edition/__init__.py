"""Editions: immutable folders built from the sources, one of them current.

``dossier`` keeps the folders, ``construction`` builds one, ``resolution`` makes one actor of what numbers say
is one, ``rapprochement`` and ``reponses`` ask a person about the rest, ``derivation`` adds what follows from
what the sources say, ``controle`` checks it, ``manifeste`` and ``rapport`` describe it.
"""
