"""The web: chat, public pages, staff pages, webhook, health."""
