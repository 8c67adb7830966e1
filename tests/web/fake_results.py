"""Results in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.web.result_port import ShownResult


@dataclass
class FakeResults:
    """Results by private address and by chat; whoever holds any cookie holds them all."""

    at: dict[str, ShownResult] = field(default_factory=dict)
    of_chat: dict[str, ShownResult] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    async def shared(self, token: str) -> ShownResult | None:
        return self.at.get(token)

    async def own(self, address: str, sitting: str) -> ShownResult | None:
        found = self.of_chat.get(sitting)
        return replace(found, token=self.tokens.get(sitting, "")) if found else None

    async def share(self, address: str, sitting: str) -> str | None:
        found = self.of_chat.get(sitting)
        if found is None:
            return None
        token = self.tokens.setdefault(sitting, f"link-{len(self.tokens)}".ljust(22, "x"))
        self.at[token] = replace(found, others=(), token="")
        return token

    async def unshare(self, address: str, sitting: str) -> None:
        self.at.pop(self.tokens.pop(sitting, ""), None)
