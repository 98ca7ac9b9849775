"""Services, teams, staff; who looked at what; drafts and receipts."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models.functions import Lower

from openyj.accounts.roles import ROLES, Permission, Role, Scope
from openyj.core import clock
from openyj.tables.codes import LISTS


class ServiceQuerySet(models.QuerySet):
    def with_children(self) -> ServiceQuerySet:
        """Youth justice services, without the bodies that oversee them."""
        return self.filter(oversees="")


class Service(models.Model):
    """A youth justice service: the tenant every child's record belongs to. Or a body that oversees services: staff
    belong to it as to a service, and the database refuses it any child."""

    class Oversees(models.TextChoices):
        NATION = "nation", "Every service"
        REGION = "region", "The services of its region"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    region = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=10, choices=list(LISTS["country"].labels().items()), default="England")
    invented = models.BooleanField(default=False)
    oversees = models.CharField(max_length=10, choices=Oversees.choices, blank=True, default="")

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(oversees="region") | ~models.Q(region=""), name="regional_body_has_a_region"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Versioned(models.Model):
    """A row that refuses an update made from an older reading of it."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Locality(Versioned):
    """An area of a service that lists and figures can be broken down by."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="localities")
    name = models.CharField(max_length=80)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "localities"
        constraints = [
            models.UniqueConstraint("service", Lower("name"), name="locality_named_once"),
            models.UniqueConstraint(fields=["id", "service"], name="locality_and_service"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(Versioned):
    """A team of a service."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("service", Lower("name"), name="team_named_once"),
            models.UniqueConstraint(fields=["id", "service"], name="team_and_service"),
        ]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet):
    def working_at(self, service: Service | int) -> UserQuerySet:
        return self.filter(service=service, is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A person of the staff. Without a password they cannot sign in until they set one by their link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(Versioned, AbstractBaseUser):
    """A person of the staff, the board or an inspectorate, with one role at one service."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=[(r.name, r.label) for r in ROLES.values()])
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="staff")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    is_active = models.BooleanField(default=True)
    expires_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def as_role(self) -> Role:
        return ROLES[self.role]

    @property
    def may_sign_in(self) -> bool:
        """False for a leaver and after the last day of an access that ends."""
        return self.is_active and (self.expires_on is None or clock.today() <= self.expires_on)

    def scope(self, permission: Permission) -> Scope | None:
        """How far this person's `permission` reaches; None where they do not have it. A role of overseers given at a
        service by mistake reaches nothing."""
        if not self.may_sign_in or (self.as_role.oversees and self.service.oversees != self.as_role.oversees):
            return None
        return self.as_role.scope(permission)

    def may(self, permission: Permission) -> bool:
        return self.scope(permission) is not None


class AccessManager(models.Manager):
    def add(self, *, kind: str, path: str, user: User | None, child: int | None = None, reason: str = "") -> None:
        """Add a line. Plain SQL, because reading the new row back (as `create` does) is refused to someone who is
        only now signing in. What came from an address may be no number a record can have, or hold a null byte:
        that is left out."""
        child = child if child is None or child <= models.BigIntegerField.MAX_BIGINT else None
        path, reason = (text.replace("\x00", "") for text in (path, reason))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_access (at, user_id, service_id, kind, child, path, reason) "
                "VALUES (now(), %s, %s, %s, %s, %s, %s)",
                [user and user.pk, user and user.service_id, kind, child, path[:300], reason[:500]],
            )


class Access(models.Model):
    """One look at a record, a search, a print, an export, a sign-in or a refusal. Only ever added to."""

    class Kind(models.TextChoices):
        READ = "read", "Read"
        SEARCH = "search", "Search"
        PRINT = "print", "Print"
        EXPORT = "export", "Export"
        SIGN_IN = "sign_in", "Sign-in"
        SIGN_OUT = "sign_out", "Sign-out"
        FAILED_SIGN_IN = "failed_sign_in", "Failed sign-in"
        PASSWORD_LINK = "password_link", "Link to set a password made"
        PASSWORD_SET = "password_set", "Password set"
        REFUSED = "refused", "Refused"
        REASON = "reason", "Opened with a reason"

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    child = models.BigIntegerField(null=True, help_text="The child's record number; people is a room above this one")
    path = models.CharField(max_length=300)
    reason = models.CharField(max_length=500, blank=True)

    objects = AccessManager()

    class Meta:
        verbose_name_plural = "access"
        db_table_comment = "Only ever added to"  # accounts.protection.ADD_ONLY, which cannot be imported from here
        indexes = [models.Index(fields=["child", "-at"]), models.Index(fields=["user", "-at"])]


class History(models.Model):
    """What a row was and became. Written by the database's own trigger; the site can only read it."""

    at = models.DateTimeField()
    user = models.BigIntegerField(null=True)
    service = models.BigIntegerField(null=True, db_column="service_id")
    table = models.CharField(max_length=80, db_column="table_name")
    row = models.BigIntegerField(null=True, db_column="row_id")
    child = models.BigIntegerField(null=True, db_column="child_id")
    action = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name_plural = "history"
        indexes = [models.Index(fields=["table", "row", "at"]), models.Index(fields=["child", "at"])]


class Draft(models.Model):
    """What a person has typed into a form and not yet saved, kept for them alone until they save it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="draft_once_a_form")]


class Receipt(models.Model):
    """Proof that a form was handled, so that sending it twice does it once."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    led_to = models.CharField(max_length=300, blank=True)
