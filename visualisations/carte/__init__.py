"""The map: its drawing and its words."""
