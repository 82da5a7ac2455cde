"""Our own workbook: four sheets a person fills (``acteurs``, ``offres``, ``liens``, ``accompagnements``)."""
