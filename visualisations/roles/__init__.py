"""The system of actors: what the diagram and its table show, and where each thing goes on the sheet."""
