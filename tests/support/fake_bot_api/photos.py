"""What the Bot API takes as a photo."""

from __future__ import annotations

import struct
from typing import Any

from tests.support.fake_bot_api.calls import bad_request

LARGEST = 10 * 1024 * 1024
LONGEST_SIDES = 10_000
STEEPEST = 20
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"IEND\xaeB`\x82"


def photo_sizes(content: Any) -> list[dict[str, Any]]:
    """Return the sizes in which a photo is stored; a file id stands for one that is known.

    Raises:
        ApiError: It is no picture, or one that is too large, too long or too narrow.
    """
    if not isinstance(content, bytes):
        return [{"file_id": str(content), "file_unique_id": "f", "width": 1, "height": 1}]
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > LARGEST:
        raise bad_request("file is too big")
    width, height = png_size(content)
    if width + height > LONGEST_SIDES or max(width, height) > STEEPEST * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    size = {"width": width, "height": height, "file_size": len(content)}
    return [{"file_id": "file", "file_unique_id": "f", **size}]


def png_size(content: bytes) -> tuple[int, int]:
    """Return the width and height of a whole PNG.

    Raises:
        ApiError: It is none.
    """
    if not content.startswith(_SIGNATURE) or not content.endswith(_END) or len(content) < 45:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", content[16:24])
    if not width or not height:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
