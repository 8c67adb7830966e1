"""A framework's page tells everybody what each version changed, and why."""

from __future__ import annotations

from dataclasses import replace

from content.frameworkrevisions import Revision
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World, content

KEY = "sectors-draft"
CHANGED = Revision(
    item="data.prepare.1a",
    act="reword",
    was="Enter facts",
    now="Put <b>facts</b> in",
    why="Shorter",
    suggestions=2,
    said=("Type <i>facts</i> in",),
    round="Spring round",
)


async def test_it_says_what_changed_and_why(world: World, visit: Visit) -> None:
    loaded = content()
    now = loaded.frameworks[KEY].model_copy(update={"version": "0.2", "revisions": (CHANGED,)})
    before = now.model_copy(update={"version": "0.1", "revisions": (CHANGED,)})
    changed = replace(
        loaded,
        frameworks={**loaded.frameworks, KEY: now},
        archive={KEY: {"0.1": before}},
    )
    visitor = await visit(replace(world, ports=replace(world.ports, content=lambda: changed)))
    assert (await visitor.get(f"/frameworks/{KEY}")).status == 200

    assert visitor.last.index("What changed in version 0.2") < visitor.last.index("version 0.1")
    assert "Put &lt;b&gt;facts&lt;/b&gt; in" in visitor.last
    assert "Type &lt;i&gt;facts&lt;/i&gt; in" in visitor.last
    assert "2 people suggested a change." in visitor.last
    assert "From the round" in visitor.last
    assert "It is not the city&#39;s framework." in visitor.last


async def test_a_version_that_changed_nothing_says_so(visitor: Visitor) -> None:
    await visitor.get(f"/frameworks/{KEY}")
    assert "This version does not say what changed." in visitor.last


async def test_there_is_no_other(visitor: Visitor) -> None:
    for key in ("none", "mdsf", "eds", "x" * 99):
        assert (await visitor.get(f"/frameworks/{key}")).status == 404
