"""From SVG to PNG, with the shipped fonts alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from bot.errors import PictureFailed
from bot.pictures.canvas import Drawing

MOST_SVG: Final = 256 * 1024
"""Bytes of SVG that are drawn at all."""
MOST_PNG: Final = 4 * 1024 * 1024
"""Bytes of PNG that are given out; the channels take more."""
LONGEST_SIDE: Final = 5000
"""Pixels: the sides of a photo on Telegram make 10,000 together at most."""
STEEPEST: Final = 20
"""How many times longer than wide a photo may be on Telegram."""
SECONDS: Final = 15.0
_PAINTER: Final = Path(__file__).with_name("painter.py")
_NEEDED: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
"""What an interpreter may need to start; the painter gets no other part of the environment."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def to_png(drawing: Drawing, width: int = 0) -> bytes:
    """Return a picture as PNG; it blocks for about a tenth of a second.

    Args:
        drawing: The picture.
        width: In pixels; the drawing's own width where it is 0.

    Raises:
        PictureFailed: It is too large, or the renderer refused it, failed or took too long.
    """
    width = width or drawing.width
    svg = drawing.svg.encode()
    height = drawing.height * width / drawing.width if drawing.width > 0 else 0
    if not 1 <= width <= LONGEST_SIDE or not 1 <= height <= LONGEST_SIDE:
        raise PictureFailed(f"a picture of {width} by {height:.0f} pixels is not drawn")
    if max(width, height) > STEEPEST * min(width, height):
        raise PictureFailed("the picture is too long for its width")
    if len(svg) > MOST_SVG:
        raise PictureFailed(f"an SVG of {len(svg)} bytes is not drawn")
    return _painted(svg, width)


def _painted(svg: bytes, width: int) -> bytes:
    try:
        painter = subprocess.run(  # noqa: S603 - our own file, by the interpreter that runs us
            [sys.executable, "-I", str(_PAINTER), str(width)],
            input=svg,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PictureFailed(f"the picture was not drawn: {type(error).__name__}") from None
    png = painter.stdout
    if painter.returncode or not png.startswith(_SIGNATURE):
        reason = painter.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise PictureFailed(f"the renderer ended with {painter.returncode}: {''.join(reason)}")
    if len(png) > MOST_PNG:
        raise PictureFailed(f"a PNG of {len(png)} bytes is not given out")
    return png
