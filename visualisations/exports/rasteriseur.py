"""Reads an SVG from standard input, writes it as PNG to standard output: ``python rasteriseur.py ZOOM``.

A process of its own: resvg keeps the interpreter's lock for as long as it draws, a second for a large
network, during which a server would answer nobody.
"""

import sys

import resvg_py

_TEMOIN = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="15">A</text></svg>'
SANS_POLICE = 3
"""Exit code when the machine has no font: the drawing would be there, and its words would not."""

if resvg_py.svg_to_bytes(svg_string=_TEMOIN) == resvg_py.svg_to_bytes(
    svg_string=_TEMOIN, skip_system_fonts=True
):
    sys.exit(SANS_POLICE)
svg = sys.stdin.buffer.read().decode("utf-8")
sys.stdout.buffer.write(resvg_py.svg_to_bytes(svg_string=svg, zoom=float(sys.argv[1])))
