"""The commands of ./run, one function each. The first line of a function's docstring is its line in the list."""

from __future__ import annotations

import argparse
import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ops import environment, site
from ops.places import DATA, ROOT, Problem

Command = Callable[[list[str]], int]


def demo(arguments: list[str]) -> int:
    """set everything up, load the invented service, serve it and print how to sign in"""
    port = read(demo, arguments, PORT).port
    site.prepare_demo()
    address = site.serve_in_background(port=port)
    print(site.how_to_sign_in(address))
    return 0


def serve(arguments: list[str]) -> int:
    """serve the demo in the foreground; Ctrl-C stops it"""
    port = read(serve, arguments, PORT).port
    site.prepare_demo()
    return site.serve(port=port)


def stop(arguments: list[str]) -> int:
    """stop the site and its database"""
    read(stop, arguments)
    print("\n".join(site.stop()))
    return 0


def reset(arguments: list[str]) -> int:
    """throw the demo's data away; the next ./run demo begins afresh (asks first; --yes does not ask)"""
    from ops import keeping

    question = "This deletes the demo's database and everything typed into it."
    if not read(reset, arguments, YES).yes and not keeping.agreed(question):
        print("Nothing was changed.")
        return 1
    site.reset()
    print("The demo's data are gone. ./run demo makes them anew.")
    return 0


def test(arguments: list[str]) -> int:
    """run every check and every test; with a path or pytest's options, only those tests"""
    from ops import testing

    return testing.test(arguments)


def check(arguments: list[str]) -> int:
    """run the linters, the types, the order of rooms and the templates' checks"""
    from ops import testing

    read(check, arguments)
    return testing.check()


def fix(arguments: list[str]) -> int:
    """format the code and mend what the linter can mend"""
    from ops import testing

    read(fix, arguments)
    return testing.fix()


def shell(arguments: list[str]) -> int:
    """open Django's shell on the demo"""
    return manage(["shell", *arguments])


def manage(arguments: list[str]) -> int:
    """run one of Django's commands on the demo, as the site's own role"""
    from ops import postgres

    postgres.start()
    return subprocess.call(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=postgres.site_environment(site.DATABASE),
        cwd=called_from(),
    )


def openyj(arguments: list[str]) -> int:
    """run the analyst's command line on the demo: ./run openyj snapshot --out FOLDER"""
    from ops import postgres

    postgres.start()
    return subprocess.call(
        [sys.executable, "-m", "openyj.command", *arguments],
        env=postgres.site_environment(site.DATABASE),
        cwd=called_from(),
    )


def backup(arguments: list[str]) -> int:
    """write the whole database to one file: ./run backup [FILE]"""
    from ops import keeping

    target = read(backup, arguments, FILE_OR_NONE).file
    print(keeping.backup(called_from() / target if target else None))
    return 0


def restore(arguments: list[str]) -> int:
    """put the database back as it was in a backup: ./run restore FILE [--yes]"""
    from ops import keeping

    asked = read(restore, arguments, FILE, YES)
    print(keeping.restore(called_from() / asked.file, yes=asked.yes))
    return 0


def lock(arguments: list[str]) -> int:
    """write the locks of the libraries anew from requirements/*.in"""
    from ops import testing

    read(lock, arguments)
    return testing.lock()


COMMANDS: dict[str, Command] = {
    c.__name__: c for c in (demo, serve, stop, reset, test, check, fix, shell, manage, openyj, backup, restore, lock)
}
NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR}
NEED_TESTS = {"test", "check", "fix", "lock"}


def port_number(text: str) -> int:
    """A port anybody may serve on. Raises ArgumentTypeError."""
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("wants a number from 1024 to 65535, for example: ./run demo --port 8001")
    return int(text)


Argument = tuple[str, dict[str, Any]]
PORT: Argument = ("--port", {"type": port_number, "metavar": "NUMBER", "help": "the first free one from 8000"})
YES: Argument = ("--yes", {"action": "store_true", "help": "do not ask"})
FILE: Argument = ("file", {"type": Path, "metavar": "FILE"})
FILE_OR_NONE: Argument = ("file", FILE[1] | {"nargs": "?"})


def read(command: Command, arguments: list[str], *taken: Argument) -> argparse.Namespace:
    """What was typed after the command's name. A word it does not take ends it before anything is done: a slip in
    an option must not start, stop or write something else."""
    about = (command.__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog=f"./run {command.__name__}", description=about, allow_abbrev=False)
    for name, how in taken:
        parser.add_argument(name, **how)
    return parser.parse_args(arguments)


def called_from() -> Path:
    """The folder the person stands in, from which the files they name are meant; ./run itself works in the checkout."""
    return Path(os.environ.get("OPENYJ_CALLED_FROM", ROOT))


def listed() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  ./run {name:<{width}}  {(c.__doc__ or '').splitlines()[0]}" for name, c in COMMANDS.items()]
    return "Open Youth Justice\n\n" + "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code. A Problem is printed as its own words."""
    if not arguments or arguments[0] not in COMMANDS:
        print(listed())
        return 0 if not arguments or arguments[0] in {"help", "-h", "--help"} else 2
    name, rest = arguments[0], arguments[1:]
    try:
        DATA.mkdir(exist_ok=True)
        if not environment.inside():
            environment.ensure(tests=name in NEED_TESTS)
            return environment.hand_over(arguments)
        if name in NEED_TESTS:
            environment.ensure(tests=True)
        return COMMANDS[name](rest)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 2
    except OSError as reason:
        if reason.errno == errno.ENOSPC:
            print("\nThe disk is full. Free some space and run the same command again.", file=sys.stderr)
        elif reason.errno in NOT_WRITABLE and reason.filename:
            print(f"\n{reason.filename} cannot be written or read: {reason.strerror}.", file=sys.stderr)
        else:
            raise
        return 2
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on where it left off.", file=sys.stderr)
        return 130
