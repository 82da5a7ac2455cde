"""The catalogue: an edition as an in-memory read model that never touches the disk once loaded."""

from graph.catalogue.catalogue import Catalogue

__all__ = ["Catalogue"]
