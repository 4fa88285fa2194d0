"""Look a case's footage up in an archive, and keep what was found before anything uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from firsthand import __version__
from firsthand.app.archive import look_up, match_pictures
from firsthand.app.progress import QUIET, Progress
from firsthand.app.store import open_case, writing
from firsthand.archive.match import Search
from firsthand.archive.store import Archive
from firsthand.case import Case, CaseState
from firsthand.records import Item, Made
from firsthand.sandbox import Box

__all__ = ["SEARCH", "kept_search", "search_case"]

SEARCH: Final = "archive search"


def _kept(state: CaseState, item: str) -> Item | None:
    kept = [
        one
        for one in state.items.values()
        if one.label == SEARCH and one.made is not None and item in one.made.inputs
    ]
    return kept[-1] if kept else None


def kept_search(case: Case, state: CaseState, item: str) -> tuple[Item, Search] | None:
    """The latest search for a media item, and the item that holds it."""
    kept = _kept(state, item)
    return None if kept is None else (kept, Search.parse(case.read_item(kept)))


def search_case(
    directory: Path,
    archive: Path,
    *,
    actor: str = "",
    unsandboxed: bool = False,
    on: Progress = QUIET,
) -> list[str]:
    """Search for each clip and still; ids of the searches kept. The same archive again adds none.

    Raises:
        NoSuchThing: no case, or no archive.
    """
    case = open_case(directory)
    state = case.state()
    done: list[str] = []
    with Archive(archive) as held:
        generation = held.generation()
        todo = [
            item
            for item in state.items.values()
            if item.kind == "media" and not _searched(state, item, generation)
        ]
        if not todo:
            return []
        with Box(unsandboxed=unsandboxed) as box, writing(directory, actor) as desk:
            for item in todo:
                parts, found = look_up(desk.case.item_path(item), held, box, on=on)
                made = Made(
                    tool="firsthand archive",
                    version=__version__,
                    arguments={"archive": generation},
                    inputs=(item.id,),
                    input_sha256=(item.sha256,),
                )
                for name, data in match_pictures(parts, found):
                    desk.writer.add_derivative(data, media_type="image/png", made=made, label=name)
                kept = desk.writer.add_derivative(
                    found.answer.canonical(),
                    media_type="application/json",
                    made=made,
                    label=SEARCH,
                )
                done.append(kept.id)
            from firsthand.app.lineage import propose_edges  # which reads what was kept here

            propose_edges(desk)
    return done


def _searched(state: CaseState, item: Item, generation: str) -> bool:
    kept = _kept(state, item.id)
    return (
        kept is not None
        and kept.made is not None
        and (kept.made.arguments.get("archive") == generation)
    )
