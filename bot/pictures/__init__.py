"""The bot's own pictures: plain values in, SVG and PNG out, readable small and without colour."""

from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.levels import LevelChart, LevelRow, draw_levels
from bot.pictures.needs import NeedsCell, NeedsGrid, NeedsRow, draw_needs
from bot.pictures.route import RouteLine, RouteStep, draw_route
from bot.pictures.share import ShareCard, draw_share

__all__ = [
    "Canvas",
    "Drawing",
    "LevelChart",
    "LevelRow",
    "Look",
    "NeedsCell",
    "NeedsGrid",
    "NeedsRow",
    "RouteLine",
    "RouteStep",
    "ShareCard",
    "draw_levels",
    "draw_needs",
    "draw_route",
    "draw_share",
]
