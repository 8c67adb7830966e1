"""The web server: chat, public pages, staff pages, health."""

from bot.web.application import build_web
from bot.web.ports import Ports, Readiness, WebSettings
from bot.web.serving import WebRunner

__all__ = ["Ports", "Readiness", "WebRunner", "WebSettings", "build_web"]
