"""Draws one picture: SVG on standard input, PNG on standard output.

Run as a program of its own by `bot.pictures.png`: the renderer holds the interpreter while it
draws, and what goes wrong in it ends this process alone. It imports nothing of the bot.
"""

from __future__ import annotations

import sys
from pathlib import Path

import resvg_py

if sys.platform != "win32":
    import resource

MEMORY = 1024 * 1024 * 1024
SECONDS = 10


def main() -> None:
    """Paint with the fonts beside this file and no others; the width is the first argument."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    fonts = sorted((Path(__file__).parent / "fonts").glob("*.ttf"))
    painted = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(),
        width=int(sys.argv[1]),
        skip_system_fonts=True,
        font_files=[str(font) for font in fonts],
        font_family="Noto Sans",
        resources_dir=None,
    )
    sys.stdout.buffer.write(bytes(painted))


if __name__ == "__main__":
    main()
