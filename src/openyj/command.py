"""The command line: ``openyj COMMAND ...``.

Each command is a module with ``add(parser)``, which declares its options, and ``run(args)``, which returns the
exit code. Only the module of the command that is called is imported, so ``openyj measure`` never meets Django.
``args.refuse(message)`` ends with the message and exit code 2; the message says what to do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Command:
    module: str
    help: str


COMMANDS = {
    "snapshot": Command("openyj.caselevel.command", "freeze the record's case-level tables into a folder"),
    "check-plan": Command("openyj.plancheck.command", "find where a Youth Justice Plan contradicts itself"),
    "demo-data": Command("openyj.invented.command", "write an invented youth justice service as case-level tables"),
    "measure": Command("openyj.measures.command", "compute a measure from a folder of case-level tables"),
    "tables": Command("openyj.tables.command", "check or describe case-level tables"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 done and something is wrong, 2 refused."""
    given = list(sys.argv[1:] if words is None else words)
    parser = argparse.ArgumentParser(prog="openyj", description="Open Youth Justice on the command line.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.help, description=f"{command.help.capitalize()}.")
        if given[:1] == [name]:
            module = import_module(command.module)
            module.add(own)
            own.set_defaults(run=module.run, refuse=own.error)
    args = parser.parse_args(given)
    try:
        return int(args.run(args) or 0)
    except BrokenPipeError:  # the reader of a pipe has seen enough: `openyj measure ... | head`
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
