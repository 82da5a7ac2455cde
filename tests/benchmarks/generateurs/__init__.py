"""Files of the real ones' shape and size, seeded: every name is invented, every number is free.

A thing is worked out from its number alone (:mod:`tests.benchmarks.generateurs.identites`), so that files
written apart meet: the association of row 4,000 of the RNA file is the one that a subsidy goes to.
"""

from tests.benchmarks.generateurs.fichiers import GRAINE, National, generate, generate_national

__all__ = ["GRAINE", "National", "generate", "generate_national"]
