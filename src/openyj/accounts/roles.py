"""Roles as reviewed code: what each may do and how far it reaches. Who may see what changes only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Permission(StrEnum):
    """One thing a person may do. The words complete the sentence "You may ..."."""

    SEE_CHILDREN = "look at children's records"
    ADD_CHILDREN = "add a child"
    CHANGE_CHILDREN = "record facts about a child"
    CORRECT_CHILDREN = "mark a fact as recorded in error"
    SEE_ASSESSMENTS = "read assessments and judgements of a child"
    SEE_HEALTH = "read of a child's mental health and substance misuse"
    ASSESS_CHILDREN = "write an assessment of a child"
    COUNTERSIGN = "return or countersign an assessment"
    SEE_REPORTS = "read court reports"
    ASK_REPORTS = "record and allocate court reports"
    WRITE_REPORTS = "write court reports"
    GATEKEEP_REPORTS = "gatekeep court reports"
    SEE_ROTA = "look at the duty rota"
    PLAN_ROTA = "plan the duty rota"
    REVIEW_ACCESS = "see who looked at a record and why"
    SEE_REFERRALS = "look at referrals"
    RECORD_REFERRALS = "record a referral"
    DECIDE_REFERRALS = "decide on referrals and allocate children"
    SEE_WORKLOAD = "look at how much workers have"
    SEE_FIGURES = "look at figures"
    SEE_CHILDREN_BEHIND_FIGURES = "see the children a figure counts"
    EXPORT_FIGURES = "take figures out as a spreadsheet"
    COMPARE_SERVICES = "look at the figures of other services by name"
    BUILD_NATIONAL_SNAPSHOT = "have the national snapshot built"
    SEE_MONEY = "look at partners' contributions"
    CHANGE_MONEY = "record partners' contributions"
    SEE_ACTIONS = "look at the service's actions"
    CHANGE_ACTIONS = "record the service's actions"
    SEE_MEETINGS = "read the board's meetings"
    RUN_MEETINGS = "keep the board's members, agenda and minutes"
    SEE_PLAN = "read the Plan"
    WRITE_PLAN = "write the Plan"
    FREEZE_PLAN = "freeze a version of the Plan"
    MANAGE_USERS = "manage users, teams and localities"
    MANAGE_REFERENCE = "manage reference data"
    WATCH_BACKGROUND_WORK = "watch background work and messages"


class Scope(IntEnum):
    """How far a permission reaches among the children of a service."""

    OWN = 1  # the children this person works with
    TEAM = 2  # and those of their team
    SERVICE = 3  # every child of the service


@dataclass(frozen=True)
class Role:
    """A role: its name in the database, its name on the page, what it is for, what it looks at first.

    `oversees` says at which kind of organisation it is held: "" at a youth justice service, "nation" or "region" at a
    body that oversees services and holds no child. The administrator's is held at each.
    """

    name: str
    label: str
    about: str
    looks_first_at: str
    grants: Mapping[Permission, Scope]
    oversees: str = ""

    def scope(self, permission: Permission) -> Scope | None:
        """How far `permission` reaches for this role; None where the role does not have it."""
        return self.grants.get(permission)


def service_wide(*permissions: Permission) -> dict[Permission, Scope]:
    return dict.fromkeys(permissions, Scope.SERVICE)


P = Permission
ROLES: dict[str, Role] = {
    role.name: role
    for role in [
        Role(
            "practitioner",
            "Practitioner",
            "Works with children. Sees every record of the service, for duty and cover; records facts for their team.",
            "My work: the children they work with and what needs doing",
            service_wide(
                P.SEE_CHILDREN,
                P.ADD_CHILDREN,
                P.SEE_ASSESSMENTS,
                P.SEE_HEALTH,
                P.SEE_REFERRALS,
                P.SEE_ROTA,
                P.SEE_REPORTS,
                P.WRITE_REPORTS,
                P.RECORD_REFERRALS,
                P.SEE_ACTIONS,
            )
            | dict.fromkeys([P.CHANGE_CHILDREN, P.CORRECT_CHILDREN, P.ASSESS_CHILDREN], Scope.TEAM)
            | {P.SEE_WORKLOAD: Scope.OWN},
        ),
        Role(
            "court_officer",
            "Court officer",
            "Stands for the service in court. Sees every record and records facts for any child, as court duty asks.",
            "My work: hearings that come up, then a child's record by its name",
            service_wide(
                P.SEE_CHILDREN,
                P.ADD_CHILDREN,
                P.CHANGE_CHILDREN,
                P.CORRECT_CHILDREN,
                P.SEE_ASSESSMENTS,
                P.SEE_HEALTH,
                P.SEE_REFERRALS,
                P.SEE_ROTA,
                P.PLAN_ROTA,
                P.SEE_REPORTS,
                P.ASK_REPORTS,
                P.GATEKEEP_REPORTS,
                P.RECORD_REFERRALS,
                P.SEE_ACTIONS,
            ),
        ),
        Role(
            "manager",
            "Team manager",
            "Runs a team. Records and corrects facts for any child, sees the figures and the children behind them.",
            "The team's children, then the figures",
            service_wide(
                P.SEE_CHILDREN,
                P.ADD_CHILDREN,
                P.CHANGE_CHILDREN,
                P.CORRECT_CHILDREN,
                P.SEE_ASSESSMENTS,
                P.SEE_HEALTH,
                P.ASSESS_CHILDREN,
                P.COUNTERSIGN,
                P.SEE_REFERRALS,
                P.SEE_ROTA,
                P.PLAN_ROTA,
                P.SEE_REPORTS,
                P.ASK_REPORTS,
                P.WRITE_REPORTS,
                P.GATEKEEP_REPORTS,
                P.RECORD_REFERRALS,
                P.DECIDE_REFERRALS,
                P.SEE_WORKLOAD,
                P.REVIEW_ACCESS,
                P.SEE_FIGURES,
                P.SEE_CHILDREN_BEHIND_FIGURES,
                P.EXPORT_FIGURES,
                P.SEE_ACTIONS,
                P.CHANGE_ACTIONS,
                P.SEE_MEETINGS,
                P.RUN_MEETINGS,
                P.SEE_PLAN,
            ),
        ),
        Role(
            "head_of_service",
            "Head of service",
            "Answers for the service: its figures, its money and its yearly Plan.",
            "First time entrants on the performance page, then the draft Plan",
            service_wide(
                P.SEE_CHILDREN,
                P.SEE_ASSESSMENTS,
                P.SEE_REFERRALS,
                P.SEE_ROTA,
                P.SEE_REPORTS,
                P.SEE_WORKLOAD,
                P.SEE_HEALTH,
                P.REVIEW_ACCESS,
                P.SEE_FIGURES,
                P.SEE_CHILDREN_BEHIND_FIGURES,
                P.EXPORT_FIGURES,
                P.SEE_MONEY,
                P.CHANGE_MONEY,
                P.SEE_ACTIONS,
                P.CHANGE_ACTIONS,
                P.SEE_MEETINGS,
                P.RUN_MEETINGS,
                P.SEE_PLAN,
                P.WRITE_PLAN,
                P.FREEZE_PLAN,
            ),
        ),
        Role(
            "data_officer",
            "Data officer",
            "Keeps the record right and the figures true.",
            "The performance page, then the children behind a figure",
            service_wide(
                P.SEE_CHILDREN,
                P.SEE_ASSESSMENTS,
                P.SEE_REFERRALS,
                P.SEE_ROTA,
                P.SEE_REPORTS,
                P.SEE_HEALTH,
                P.CORRECT_CHILDREN,
                P.CHANGE_CHILDREN,
                P.SEE_FIGURES,
                P.SEE_CHILDREN_BEHIND_FIGURES,
                P.EXPORT_FIGURES,
                P.SEE_MONEY,
                P.SEE_ACTIONS,
                P.SEE_MEETINGS,
                P.SEE_PLAN,
            ),
        ),
        Role(
            "board_member",
            "Board member",
            "Sits on the management board. Sees figures, money and the Plan; never a child.",
            "The performance page",
            service_wide(P.SEE_FIGURES, P.EXPORT_FIGURES, P.SEE_MONEY, P.SEE_ACTIONS, P.SEE_MEETINGS, P.SEE_PLAN),
        ),
        Role(
            "inspector",
            "Inspector",
            "Reads what the service holds, for as long as the inspection lasts. Changes nothing.",
            "The performance page, then children's records",
            service_wide(
                P.SEE_CHILDREN,
                P.SEE_ASSESSMENTS,
                P.SEE_REFERRALS,
                P.SEE_REPORTS,
                P.SEE_HEALTH,
                P.SEE_FIGURES,
                P.SEE_CHILDREN_BEHIND_FIGURES,
                P.SEE_MONEY,
                P.SEE_ACTIONS,
                P.SEE_MEETINGS,
                P.SEE_PLAN,
            ),
        ),
        Role(
            "business_support",
            "Business support",
            "Takes referrals in, finds and adds children, runs the board. Never sees a judgement of a child.",
            "My work: referrals that miss something",
            service_wide(
                P.SEE_CHILDREN,
                P.ADD_CHILDREN,
                P.SEE_REFERRALS,
                P.SEE_ROTA,
                P.RECORD_REFERRALS,
                P.SEE_MEETINGS,
                P.RUN_MEETINGS,
            ),
        ),
        Role(
            "administrator",
            "Administrator",
            "Manages users, teams, localities and reference data. Sees no child and no figure.",
            "Users, then legal outcomes",
            service_wide(P.MANAGE_USERS, P.MANAGE_REFERENCE, P.WATCH_BACKGROUND_WORK),
        ),
        Role(
            "national_user",
            "National user",
            "Works for a national body. Compares the figures of every service; never sees a child.",
            "The national overview, then a funnel plot",
            service_wide(P.COMPARE_SERVICES, P.BUILD_NATIONAL_SNAPSHOT, P.EXPORT_FIGURES),
            oversees="nation",
        ),
        Role(
            "regional_user",
            "Regional user",
            "Works for a regional body. Compares the figures of its region's services; never sees a child.",
            "The national overview, then the services of the region",
            service_wide(P.COMPARE_SERVICES, P.EXPORT_FIGURES),
            oversees="region",
        ),
    ]
}


def roles_at(oversees: str) -> list[Role]:
    """The roles somebody can hold at a service (for ""), or at a body that oversees the nation or a region."""
    return [role for role in ROLES.values() if role.oversees == oversees or role.name == "administrator"]
