"""`firsthand case edge …`: who had it from whom, listed, cut and added."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from firsthand.cli.options import Actor, AsJson, CaseDir
from firsthand.cli.out import emit, say, visible

__all__ = ["app", "edges_text"]

app = typer.Typer(
    no_args_is_help=True,
    help="Who had it from whom: stated or inferred; cut what does not hold, add what you know.",
)

EdgeId = Annotated[str, typer.Argument(metavar="EDGE", help="The edge, by its id.")]
Why = Annotated[str, typer.Option(help="How you know; required.")]


@app.command("list")
def list_(directory: CaseDir, as_json: AsJson = False) -> None:
    """Every edge, and which sources count as one origin until shown otherwise."""
    from firsthand.app.lineage import show_edges

    done = show_edges(directory)
    emit(done) if as_json else say(edges_text(done))


@app.command()
def cut(
    directory: CaseDir, edge: EdgeId, why: Why, actor: Actor = "", as_json: AsJson = False
) -> None:
    """Take an edge out of every count; it stays in the log with your reason."""
    from firsthand.app.lineage import review_edge

    done = review_edge(directory, edge, cut=True, why=why, actor=actor)
    emit(done) if as_json else say(edges_text(done))


@app.command()
def keep(
    directory: CaseDir, edge: EdgeId, why: Why, actor: Actor = "", as_json: AsJson = False
) -> None:
    """Let an edge stand that you have looked at, or one that was cut."""
    from firsthand.app.lineage import review_edge

    done = review_edge(directory, edge, cut=False, why=why, actor=actor)
    emit(done) if as_json else say(edges_text(done))


@app.command()
def add(
    directory: CaseDir,
    earlier: Annotated[
        str, typer.Argument(metavar="EARLIER", help="Who had it first, by id or name.")
    ],
    later: Annotated[
        str, typer.Argument(metavar="LATER", help="Who had it from them: id or name.")
    ],
    why: Why,
    relation: Annotated[
        str,
        typer.Option(
            help="filmed, posted, credited, republished, quoted, linked, embedded, same_text, "
            "same_recording."
        ),
    ] = "republished",
    lineage: Annotated[str, typer.Option(help="Of the footage or of the claim.")] = "footage",
    kind: Annotated[
        str,
        typer.Option(
            help="What a new source is: outlet, account, person, office, group, item, unnamed."
        ),
    ] = "account",
    stated: Annotated[
        bool, typer.Option(help="Somebody says so, and --why names them; else you conclude it.")
    ] = False,
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Add an edge between two sources, by their ids or names; a new name becomes a source."""
    from firsthand.app.lineage import add_edge

    done = add_edge(
        directory,
        earlier=earlier,
        later=later,
        relation=relation,
        lineage=lineage,
        kind=kind,
        stated=stated,
        why=why,
        actor=actor,
    )
    emit(done) if as_json else say(edges_text(done))


def _one(text: str) -> str:
    return visible(text, one_line=True)


def edges_text(document: dict[str, Any]) -> str:
    """Edges by lineage, then the groups."""
    names = {one["id"]: _one(one["name"]) for one in document["sources"]}
    out: list[str] = []
    for lineage in ("footage", "claim"):
        held = [edge for edge in document["edges"] if edge["lineage"] == lineage]
        if held:
            out.append(f"Lineage of the {lineage}")
        for edge in held:
            review = edge.get("review") or {}
            cut = " [cut]" if review.get("state") == "rejected" else ""
            why = edge["why"]["text"].format(**edge["why"]["values"])
            out.append(
                f"  {edge['id']:<24} {names.get(edge['later'], edge['later'])} <- "
                f"{names.get(edge['earlier'], edge['earlier'])}: "
                f"{edge['relation'].replace('_', ' ')}, {edge['basis']}{cut}"
            )
            out.append(f"      {_one(why)}")
        groups = [g for g in document["origins"][lineage] if len(g["members"]) > 1]
        for group in groups:
            members = ", ".join(names.get(name, name) for name in group["members"])
            out.append(f"  one origin until shown otherwise ({group['basis']}): {members}")
    return "\n".join(out) or "No edges."
