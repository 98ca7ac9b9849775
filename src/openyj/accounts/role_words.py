"""What each role may do, in words, for the page and for docs/reference/permissions.md.

python -m openyj.accounts.role_words > docs/reference/permissions.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from openyj.accounts.roles import ROLES, Permission, Role, Scope

REACH = {
    Scope.OWN: "own children",
    Scope.TEAM: "own team's children",
    Scope.SERVICE: "whole service",
}
ABOUT_CHILDREN = {
    Permission.SEE_CHILDREN,
    Permission.ADD_CHILDREN,
    Permission.CHANGE_CHILDREN,
    Permission.CORRECT_CHILDREN,
    Permission.SEE_ASSESSMENTS,
    Permission.SEE_HEALTH,
    Permission.ASSESS_CHILDREN,
    Permission.COUNTERSIGN,
    Permission.SEE_CHILDREN_BEHIND_FIGURES,
    Permission.SEE_WORKLOAD,
}


def reach(role: Role, permission: Permission) -> str:
    """How far a permission reaches for a role; "no" where it does not have it. Only children have more than one."""
    scope = role.scope(permission)
    if scope is None:
        return "no"
    return REACH[scope] if permission in ABOUT_CHILDREN else "yes"


def sentences(role: Role) -> list[str]:
    """What a role may do, a line a permission: "look at children's records (whole service)"."""
    said = []
    for permission in Permission:
        words = reach(role, permission)
        if words != "no":
            said.append(permission.value if words == "yes" else f"{permission} ({words})")
    return said


def markdown() -> str:
    """The reference page: each role in words, then all permissions against all roles."""
    lines = [
        "# What each role may do",
        "",
        "Written by `python -m openyj.accounts.role_words` from `src/openyj/accounts/roles.py`; a test fails when this",
        "page is not what that file says. A role reaches rows of its own service only. A national or regional user",
        "belongs to a body that oversees services: figures of services reach them, and no row about a child of any.",
        "",
    ]
    for role in ROLES.values():
        lines += [f"## {role.label}", "", role.about, "", f"Looks first at: {role.looks_first_at}.", ""]
        lines += [f"- may {sentence}" for sentence in sentences(role)] + [""]
    lines += ["## Side by side", ""]
    lines += [row("May", (role.label for role in ROLES.values())), row("---", ["---"] * len(ROLES))]
    for permission in Permission:
        lines.append(row(permission.value, (reach(role, permission) for role in ROLES.values())))
    return "\n".join(lines) + "\n"


def row(head: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join([head, *cells])} |"


if __name__ == "__main__":
    sys.stdout.write(markdown())
