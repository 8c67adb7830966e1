"""QR codes in pages."""

from __future__ import annotations

from markupsafe import Markup

MODULE = 3
"""Units of an SVG for each of its squares."""


def qr_code(address: str, label: str) -> Markup:
    """Draw an address as a QR code, dark on light in every theme, so that every camera reads it."""
    import segno  # a megabyte, and few ever ask for a code

    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        scale=MODULE,
        border=4,
        light="#fff",
        dark="#000",
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        title=label,
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" focusable="false" ', 1))  # noqa: S704
