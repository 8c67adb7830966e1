"""The web server: chat, public pages, staff pages, health."""

from bot.web.application import build_web
from bot.web.ports import Ports, Readiness, WebSettings

__all__ = ["Ports", "Readiness", "WebSettings", "build_web"]
