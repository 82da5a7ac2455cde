"""The command ``maillage``: build, serve, ask, from a terminal."""

import typer

from api.cli import editions, imports, questions, serveurs

app = typer.Typer(
    name="maillage",
    help="Le graphe des acteurs qui accompagnent les associations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("build")(editions.build_command)
app.command("import")(imports.import_command)
app.command("check")(imports.check_command)
app.command("template")(imports.template_command)
app.command("serve")(serveurs.serve_command)
app.command("publish")(serveurs.publish_command)
app.command("orient")(questions.orient_command)
app.command("query")(questions.query_command)
app.command("map")(questions.map_command)

editions_app = typer.Typer(help="Lister, choisir, élaguer les éditions.", no_args_is_help=True)
editions_app.command("list")(editions.list_command)
editions_app.command("use")(editions.use_command)
editions_app.command("prune")(editions.prune_command)
app.add_typer(editions_app, name="editions")


def main() -> None:
    """Run the command line."""
    app()
