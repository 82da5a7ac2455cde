"""The ontology of Maillage: modules, vocabularies, shapes, examples, competency questions.

Turtle written by hand is the truth; this package only finds it, reads it and validates graphs with it.
"""
