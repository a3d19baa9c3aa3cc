"""`radar completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from radar.commands.options import Choice

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands and options of `radar`.

    \b
    bash: eval "$(radar completion bash)"      in ~/.bashrc
    zsh:  eval "$(radar completion zsh)"       in ~/.zshrc
    fish: radar completion fish | source       in ~/.config/fish/config.fish
    """
    found = get_completion_class(shell)
    if found is None:  # click knows all of them
        raise click.UsageError(f"{shell} can't be completed")
    root = context.find_root().command
    click.echo(found(root, {}, "radar", "_RADAR_COMPLETE").source())
