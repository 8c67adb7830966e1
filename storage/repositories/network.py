"""What cities share with each other."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from sqlmodel import col, select

from bot.campaigns.content import CampaignContent, content_from_json, content_to_json
from bot.campaigns.sharing import Shared
from bot.people import Purpose
from storage.repositories.repository import Repository
from storage.tables.network import NetworkCityRow, SharedCampaignRow

LONGEST_TITLE = 80


class Network(Repository):
    """Cities that agreed to stand beside others, and campaigns that may be taken over."""

    __slots__ = ()

    def agree(self, city: str) -> bool:
        """Let a city's figures stand beside others'; False where they did already."""
        if self._unit.orm.get(NetworkCityRow, city) is not None:
            return False
        self._unit.orm.add(NetworkCityRow(city=city, agreed_at=self._unit.now))
        self._unit.orm.flush()
        return True

    def withdraw(self, city: str) -> bool:
        """Take a city out again; False where it was not in."""
        row = self._unit.orm.get(NetworkCityRow, city)
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True

    def agreed(self) -> list[str]:
        """Return the cities that agreed, by their ids."""
        query = select(NetworkCityRow.city).order_by(col(NetworkCityRow.city))
        return list(self._unit.orm.exec(query).all())

    # -- campaigns ---------------------------------------------------------------------------

    def share(
        self,
        campaign: str,
        *,
        city: str,
        title: str,
        topic: Purpose,
        content: CampaignContent,
        results: Mapping[str, int],
    ) -> Shared:
        """Share a campaign as it is now, in the place of an earlier share of it."""
        row = SharedCampaignRow(
            campaign=campaign,
            city=city,
            title=title[:LONGEST_TITLE],
            topic=topic.value,
            content=orjson.dumps(content_to_json(content)).decode(),
            results=orjson.dumps(dict(results)).decode(),
            shared_at=self._unit.now,
        )
        kept = self._unit.orm.merge(row)
        self._unit.orm.flush()
        return _shared(kept)

    def unshare(self, campaign: str) -> bool:
        """Share a campaign no longer; False where it was not."""
        row = self._unit.orm.get(SharedCampaignRow, campaign)
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True

    def find_shared(self, campaign: str) -> Shared | None:
        """Return a shared campaign."""
        row = self._unit.orm.get(SharedCampaignRow, campaign)
        return None if row is None else _shared(row)

    def list_shared(self, limit: int = 100) -> list[Shared]:
        """Return shared campaigns, the newest first."""
        newest = col(SharedCampaignRow.shared_at).desc()
        query = select(SharedCampaignRow).order_by(newest, col(SharedCampaignRow.campaign))
        return [_shared(row) for row in self._unit.orm.exec(query.limit(limit)).all()]


def _shared(row: SharedCampaignRow) -> Shared:
    return Shared(
        row.campaign,
        row.city,
        row.title,
        Purpose(row.topic),
        content_from_json(orjson.loads(row.content)),
        orjson.loads(row.results),
        row.shared_at,
    )
