"""One list for every list page: columns said once, filters in the address, sorting without JavaScript, export.

listing = Listing(
    request,
    Hearing.objects.visible_to(request.user),
    title="Hearings",
    columns=[
        Column("held_on", "Date", sort="held_on"),
        Column("court", "Court", value=lambda h: h.court.name, sort="court__name", link=lambda h: h.url),
        Column("items", "Offences", numeric=True, sort="n_items", value=lambda h: h.n_items),
    ],
    filters=[Filter("court", forms.ModelChoiceField(Court.objects.all(), label="Court"))],
    sort="-held_on",
)
if response := listing.response():   # the export, or the filters of this visit put back in the address
    return response
return render(request, "…", {"listing": listing})    # {% listing listing %}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from openyj.core import clock, xlsx
from openyj.core.components import Tag
from openyj.core.dates import say_date, say_datetime

OWN = ("sort", "page", "export", "clear")  # words of the address that are the list's, not a filter's
VISIT = "lists"  # where the session keeps this visit's filters, by path


@dataclass(frozen=True)
class Column:
    """A column. Without `value` it shows the attribute of its key; without `sort` its head is not a link.

    `sort` is one ORM path or several; on a plain list it is only a sign that the column's value may sort.
    `export` is the value in the spreadsheet where that differs from what the page shows (a Tag exports its words).
    """

    key: str
    label: str
    value: Callable[[Any], Any] | None = None
    sort: str | tuple[str, ...] = ()
    numeric: bool = False
    link: Callable[[Any], str | None] | None = None
    export: Callable[[Any], Any] | None = None

    def of(self, row: Any) -> Any:
        """What the page shows of a row."""
        if self.value is not None:
            return self.value(row)
        return row[self.key] if isinstance(row, dict) else getattr(row, self.key)

    def exported(self, row: Any) -> Any:
        """What the spreadsheet holds: dates and numbers as themselves, anything else in words."""
        value = self.export(row) if self.export else self.of(row)
        if isinstance(value, Tag):
            return value.text
        return value if value is None or isinstance(value, str | bool | int | float | Decimal | date) else str(value)


@dataclass(frozen=True)
class Filter:
    """A filter: the form field, and how its value narrows the rows.

    Without `apply` the key is an ORM path, which takes one value or any of several. `say` words one value for
    its tag. The key is the filter's word in the address.
    """

    key: str
    field: forms.Field
    apply: Callable[[Any, Any], Any] | None = None
    say: Callable[[Any], str] | None = None

    def narrow(self, rows: Any, value: Any) -> Any:
        """The rows this value keeps."""
        if self.apply is not None:
            return self.apply(rows, value)
        many = isinstance(value, list | tuple | set | QuerySet)
        return rows.filter(**{f"{self.key}__in" if many else self.key: value})


@dataclass(frozen=True)
class Cell:
    """One cell as the template shows it."""

    text: Any
    url: str
    numeric: bool
    tag: Tag | None


@dataclass(frozen=True)
class Head:
    """One column head: where it sorts to, and how the table is sorted by it now."""

    label: str
    numeric: bool
    url: str
    direction: str  # "ascending", "descending" or "" as aria-sort has it


class Listing:
    """A list page's list. Reads the address of `request`; asks the database twice, whatever the page holds.

    `rows` is a queryset or a sequence. `sort` is the order at first: a column's key, with "-" for descending.
    `notes` go to the export's notes sheet; `on_export(listing)` is called before a spreadsheet leaves, so that the
    caller can log it or refuse by raising. The first column stands as the row's head.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any] | Sequence[Any],
        *,
        title: str,
        columns: Sequence[Column],
        filters: Sequence[Filter] = (),
        sort: str = "",
        per_page: int = 25,
        notes: Sequence[tuple[str, Any]] = (),
        on_export: Callable[[Listing], None] | None = None,
        export: bool = True,
        empty: str = "",
    ) -> None:
        self.request, self.title, self.columns, self.filters = request, title, list(columns), list(filters)
        self.default_sort, self.per_page, self.notes = sort, per_page, list(notes)
        self.on_export, self.export = on_export, export
        self.empty = empty or _("There is nothing to show.")
        self._all = rows
        self._by_key = {column.key: column for column in self.columns}
        clash = {f.key for f in self.filters} & set(OWN)
        if clash:
            raise ValueError(f"A filter may not be called {sorted(clash)}: the list uses the word itself")

    def response(self) -> HttpResponse | None:
        """The spreadsheet, or a redirect that puts this visit's filters back in the address, or None: render."""
        if self.export and self.request.GET.get("export") == "xlsx":
            return self._spreadsheet()
        session = getattr(self.request, "session", None)
        if session is None or not self.filters:
            return None
        kept = session.get(VISIT, {})
        path = self.request.path
        now = self._address(page=None, export=None, clear=None)
        if "clear" in self.request.GET:
            if path in kept:
                session[VISIT] = {where: what for where, what in kept.items() if where != path}
            return HttpResponseRedirect(path)
        if not self.request.GET and kept.get(path):
            return HttpResponseRedirect(path + kept[path])
        if self.request.GET and kept.get(path, "?") != now:
            session[VISIT] = {**kept, path: now if now != "?" else ""}
        return None

    # filters

    @cached_property
    def form(self) -> forms.Form:
        """The filters as a form, read from the address."""
        made = forms.Form(self.request.GET)
        for each in self.filters:
            each.field.required = False
            made.fields[each.key] = each.field
        return made

    @property
    def fields(self) -> list[BoundField]:
        """The filters' fields, for the template."""
        return [self.form[each.key] for each in self.filters]

    @cached_property
    def chosen(self) -> list[tuple[Filter, Any]]:
        """The filters that are set, with their values; one that makes no sense is left out and marked."""
        self.form.is_valid()
        found = ((each, self.form.cleaned_data.get(each.key)) for each in self.filters)
        return [(each, value) for each, value in found if _is_set(value)]

    @property
    def tags(self) -> list[tuple[str, str, str]]:
        """(filter, value in words, address without it) for each value that is set."""
        tags = []
        for each, value in self.chosen:
            several = isinstance(value, list | tuple | set | QuerySet)
            for one in value if several else [value]:
                tags.append(
                    (str(each.field.label or each.key), self._say(each, one), self._without(each, one, several))
                )
        return tags

    @property
    def clear_url(self) -> str:
        """The address that forgets every filter, also those kept for this visit."""
        return "?clear=1"

    def _say(self, each: Filter, value: Any) -> str:
        if each.say is not None:
            return each.say(value)
        choices = dict(_flat(getattr(each.field, "choices", ())) if not isinstance(value, Model) else ())
        if str(value) in choices:
            return str(choices[str(value)])
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return say_date(value) if isinstance(value, date) else str(value)

    def _without(self, each: Filter, value: Any, several: bool) -> str:
        query = self._query(page=None, export=None)
        if several:
            gone = str(value.pk if isinstance(value, Model) else value)
            query.setlist(each.key, [one for one in query.getlist(each.key) if one != gone])
        else:
            for name in [name for name in query if name == each.key or name.startswith(f"{each.key}_")]:
                del query[name]
        # Never the bare path: that would put back the filters kept for this visit.
        return f"?{left}" if (left := query.urlencode()) else self.clear_url

    # rows

    @cached_property
    def rows(self) -> Any:
        """Every row the filters keep, in order."""
        rows = self._all
        for each, value in self.chosen:
            rows = each.narrow(rows, value)
        key, down = self.sorted_by
        column = self._by_key.get(key)
        if isinstance(rows, QuerySet):
            if column is None:
                return rows if rows.ordered else rows.order_by("pk")
            paths = (column.sort,) if isinstance(column.sort, str) else column.sort
            # The primary key last: without it rows that tie change pages between two requests.
            # What is missing comes last either way: it is what nobody looks for.
            return rows.order_by(*(F(path).desc(nulls_last=True) if down else path for path in paths), "pk")
        rows = list(rows)
        if column is None:
            return rows
        missing = [row for row in rows if column.of(row) is None]
        there = [row for row in rows if column.of(row) is not None]
        return sorted(there, key=lambda row: _rank(column.of(row)), reverse=down) + missing

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """(column's key, whether descending): from the address where that names a column that sorts."""
        for asked in (self.request.GET.get("sort", ""), self.default_sort):
            key = asked.removeprefix("-")
            if key in self._by_key and self._by_key[key].sort:
                return key, asked.startswith("-")
        return "", False

    @cached_property
    def page(self) -> Page[Any]:
        """This page of the list; a number beyond the last gives the last."""
        return Paginator(self.rows, self.per_page).get_page(self.request.GET.get("page"))

    @property
    def heads(self) -> list[Head]:
        """The column heads. A click sorts up; a second click sorts down."""
        key, down = self.sorted_by
        heads = []
        for column in self.columns:
            mine = column.key == key
            to = f"-{column.key}" if mine and not down else column.key
            url = self._address(sort=to, page=None, export=None) if column.sort else ""
            direction = ("descending" if down else "ascending") if mine else ""
            heads.append(Head(column.label, column.numeric, url, direction))
        return heads

    @property
    def table(self) -> Iterator[list[Cell]]:
        """The rows of this page as cells."""
        for row in self.page.object_list:
            yield [_cell(column, row) for column in self.columns]

    # export

    @property
    def export_url(self) -> str:
        """The address of this list, filters and order included, as a spreadsheet."""
        return self._address(export="xlsx", page=None) if self.export else ""

    def _spreadsheet(self) -> HttpResponse:
        if self.on_export is not None:
            self.on_export(self)
        rows: Iterable[Any] = self.rows
        if isinstance(rows, QuerySet):
            if (count := rows.count()) > xlsx.MOST_ROWS:
                return HttpResponse(
                    _("This list has %(count)s rows and a sheet holds %(most)s. Go back, filter it, export the parts.")
                    % {"count": f"{count:,}", "most": f"{xlsx.MOST_ROWS:,}"},
                    status=422,
                    content_type="text/plain; charset=utf-8",
                )
            rows = rows.iterator(chunk_size=2000)
        user = getattr(self.request, "user", None)
        notes = [("List", self.title), *self.notes]
        notes += [(_("Filter: %(label)s") % {"label": label}, text) for label, text, _url in self.tags]
        body = xlsx.workbook(
            [
                xlsx.Sheet(
                    self.title, [c.label for c in self.columns], ([c.exported(r) for c in self.columns] for r in rows)
                )
            ],
            notes=notes,
            made_by=str(user) if user is not None and user.is_authenticated else "",
            made_at=clock.now(),
        )
        name = f"{slugify(self.title) or 'list'}-{clock.today():%Y-%m-%d}.xlsx"
        return HttpResponse(
            body, content_type=xlsx.MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    def _query(self, **changes: str | None) -> QueryDict:
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        for name in [name for name in query if not any(query.getlist(name))]:
            del query[name]
        return query

    def _address(self, **changes: str | None) -> str:
        return f"?{self._query(**changes).urlencode()}"


def _cell(column: Column, row: Any) -> Cell:
    value = column.of(row)
    if isinstance(value, datetime):
        value = say_datetime(value)
    elif isinstance(value, date):
        value = say_date(value)
    elif isinstance(value, bool):
        value = _("Yes") if value else _("No")
    elif isinstance(value, int | Decimal) and column.numeric:
        value = f"{value:,}"
    url = (column.link(row) or "") if column.link else ""
    tag = value if isinstance(value, Tag) else None
    return Cell("" if value is None else value, url, column.numeric, tag)


def _is_set(value: Any) -> bool:
    if isinstance(value, QuerySet):
        return value.exists()
    return value not in (None, "", [], ())


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


def _rank(value: Any) -> Any:
    """Order of a plain list's values: text without regard to case, a tag by its text."""
    return value.casefold() if isinstance(value, str) else str(value) if isinstance(value, Tag) else value
