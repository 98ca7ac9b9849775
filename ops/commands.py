"""The commands of ./run, one function each. The first line of a function's docstring is its line in the list."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ops import environment, site
from ops.places import DATA, ROOT, Problem

Command = Callable[[list[str]], int]


def demo(arguments: list[str]) -> int:
    """set everything up, load the invented service, serve it and print how to sign in"""
    site.prepare_demo()
    address = site.serve_in_background(port=read_port(arguments))
    print(site.how_to_sign_in(address))
    return 0


def serve(arguments: list[str]) -> int:
    """serve the demo in the foreground; Ctrl-C stops it"""
    site.prepare_demo()
    return site.serve(port=read_port(arguments))


def stop(arguments: list[str]) -> int:
    """stop the site and its database"""
    print("\n".join(site.stop()))
    return 0


def reset(arguments: list[str]) -> int:
    """throw the demo's data away; the next ./run demo begins afresh (asks first; --yes does not ask)"""
    if "--yes" not in arguments:
        answer = input("This deletes the demo's database and everything typed into it. Type yes to go on: ")
        if answer.strip().lower() != "yes":
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

    return testing.check()


def fix(arguments: list[str]) -> int:
    """format the code and mend what the linter can mend"""
    from ops import testing

    return testing.fix()


def shell(arguments: list[str]) -> int:
    """open Django's shell on the demo"""
    return manage(["shell", *arguments])


def manage(arguments: list[str]) -> int:
    """run one of Django's commands on the demo, as the site's own role"""
    from ops import postgres

    postgres.start()
    return subprocess.call(
        [sys.executable, str(ROOT / "manage.py"), *arguments], env=postgres.site_environment(site.DATABASE)
    )


def openyj(arguments: list[str]) -> int:
    """run the analyst's command line on the demo: ./run openyj snapshot --out FOLDER"""
    from ops import postgres

    postgres.start()
    return subprocess.call(
        [sys.executable, "-m", "openyj.command", *arguments], env=postgres.site_environment(site.DATABASE)
    )


def backup(arguments: list[str]) -> int:
    """write the whole database to one file: ./run backup [FILE]"""
    from ops import keeping

    print(keeping.backup(Path(arguments[0]) if arguments else None))
    return 0


def restore(arguments: list[str]) -> int:
    """put the database back as it was in a backup: ./run restore FILE [--yes]"""
    from ops import keeping

    files = [a for a in arguments if not a.startswith("--")]
    if len(files) != 1:
        raise Problem("Say which backup to restore: ./run restore FILE")
    print(keeping.restore(Path(files[0]), yes="--yes" in arguments))
    return 0


def lock(arguments: list[str]) -> int:
    """write the locks of the libraries anew from requirements/*.in"""
    from ops import testing

    return testing.lock()


COMMANDS: dict[str, Command] = {
    c.__name__: c for c in (demo, serve, stop, reset, test, check, fix, shell, manage, openyj, backup, restore, lock)
}
NEED_TESTS = {"test", "check", "fix", "lock"}


def read_port(arguments: list[str]) -> int | None:
    if "--port" not in arguments:
        return None
    try:
        port = int(arguments[arguments.index("--port") + 1])
    except (IndexError, ValueError):
        port = 0
    if not 1024 <= port <= 65535:
        raise Problem("--port wants a number from 1024 to 65535, for example: ./run demo --port 8001")
    return port


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
        if reason.errno != 28:  # no space left on device
            raise
        print("\nThe disk is full. Free some space and run the same command again.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on where it left off.", file=sys.stderr)
        return 130
