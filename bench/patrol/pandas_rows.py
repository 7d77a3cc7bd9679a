"""Rows of a table in pandas: masks and numpy, texts as categories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bench.patrol.day_table import FIRST
from knowledge.rules.charges import as_set, canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from bench.patrol.in_pandas import Pandas
    from bench.patrol.view import Holds, Sheet, Value

ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "=": lambda left, right: left == right,
    "<": lambda left, right: left < right,
    "≤": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "≥": lambda left, right: left >= right,
}
DAY = "datetime64[s]"
WORD = re.compile(
    r"^[\u4e00-\u9fff]{1,8}?(?:检|院)([\u4e00-\u9fff]{1,8}?)\[[0-9]{4}\][0-9]{11,12}号$"
)


def _plain(value: Value) -> Value:
    """Return categories as texts where two columns are compared."""
    is_category = isinstance(value, pd.Series) and isinstance(value.dtype, pd.CategoricalDtype)
    return value.astype(object) if is_category else value


@dataclass
class PandasRows:
    """The rows that are left of a table."""

    engine: Pandas
    sheet: Sheet
    data: pd.DataFrame

    def column(self, name: str) -> pd.Series:
        return self.data[name]

    def define(self, name: str, value: Value) -> pd.Series:
        if not isinstance(value, pd.Series):
            value = pd.Series(value, index=self.data.index)
        self.data = self.data.assign(**{name: value})
        return self.data[name]

    def where(self, holds: Holds) -> None:
        if holds is not True:
            self.data = self.data[holds]

    def day(self, value: date) -> pd.Timestamp:
        return pd.Timestamp(value)

    def text(self, value: str) -> str:
        return value

    def number(self, value: float) -> float:
        return value

    def flag(self, holds: Holds) -> Value:
        return holds

    def holds(self, value: Value) -> Holds:
        return value.fillna(value=False).astype(bool) if value.dtype == object else value

    def every(self, parts: Sequence[Any]) -> Any:
        found = parts[0]
        for part in parts[1:]:
            found = found & part
        return found

    def some(self, parts: Sequence[Any]) -> Any:
        found = parts[0]
        for part in parts[1:]:
            found = found | part
        return found

    def negated(self, part: Any) -> Any:
        return ~part

    def is_blank(self, value: Value) -> Any:
        return value.isna() if isinstance(value, pd.Series) else pd.isna(value)

    def compare(self, operator: str, left: Value, right: Value) -> Any:
        both = isinstance(left, pd.Series) and isinstance(right, pd.Series)
        if both:
            left, right = _plain(left), _plain(right)
        found = ORDER[operator](left, right)
        if both and operator == "=":
            return found & left.notna()
        return found

    def differs(self, left: Value, right: Value) -> Any:
        if not isinstance(right, pd.Series):
            return (left != right) | left.isna()
        left, right = _plain(left), _plain(right)
        return right.notna() & ((left != right) | left.isna())

    def member(self, value: pd.Series, values: Sequence[Any]) -> Any:
        return value.isin(list(values))

    def contains(self, value: pd.Series, word: str) -> Any:
        return self._told(value, lambda text: word in text)

    def _told(self, value: pd.Series, function: Callable[[str], bool]) -> Any:
        """Ask a function once for each distinct text."""
        if isinstance(value.dtype, pd.CategoricalDtype):
            listed = [each for each in value.cat.categories if function(each)]
        else:
            listed = [each for each in value.dropna().unique() if function(each)]
        return value.isin(listed)

    def chosen(self, cases: Sequence[tuple[Holds, Value]], otherwise: Value) -> Value:
        values = [value for _, value in cases] + [otherwise]
        met = [value for value in values if value is not None]
        kind: Any = object
        if all(_is_day(value) for value in met):
            kind = DAY
        elif all(isinstance(_first(value), int | float | np.number) for value in met):
            kind = float
        nothing = np.datetime64("NaT") if kind == DAY else np.nan if kind is float else None
        found = self._array(otherwise if otherwise is not None else nothing, kind)
        for holds, value in reversed(cases):
            own = self._array(value if value is not None else nothing, kind)
            found = own if holds is True else np.where(np.asarray(holds), own, found)
        return pd.Series(found, index=self.data.index)

    def _array(self, value: Value, kind: Any) -> Any:
        if isinstance(value, pd.Series):
            return np.asarray(_plain(value)).astype(kind)
        if kind == DAY:
            return np.full(len(self.data), np.datetime64(value, "s"), dtype=DAY)
        return np.full(len(self.data), value, dtype=kind)

    def plus_days(self, value: pd.Series, days: Value) -> pd.Series:
        if isinstance(days, pd.Series):
            return value + pd.to_timedelta(days.fillna(0).astype("int64"), unit="D")
        return value + np.timedelta64(int(days), "D")

    def plus_months(self, value: pd.Series, months: int) -> pd.Series:
        days = value.to_numpy().astype("datetime64[D]")
        month = days.astype("datetime64[M]")
        offset = (days - month.astype("datetime64[D]")).astype("int64")
        length = _length(month)
        moved = month + months
        last = _length(moved) - 1
        place = np.where(offset == length - 1, last, np.minimum(offset, last))
        found = moved.astype("datetime64[D]") + place.astype("timedelta64[D]")
        return pd.Series(found.astype(DAY), index=self.data.index).where(value.notna())

    def plus_hours(self, value: pd.Series, hours: int) -> pd.Series:
        return value + np.timedelta64(hours, "h")

    def day_of(self, value: pd.Series) -> pd.Series:
        return value.dt.floor("D").astype(DAY)

    def days_between(self, left: Value, right: Value) -> Value:
        return (left - right).dt.days.abs()

    def age(self, born: pd.Series, on: pd.Series) -> pd.Series:
        not_yet = on.dt.month * 100 + on.dt.day <= born.dt.month * 100 + born.dt.day
        return on.dt.year - born.dt.year - not_yet.astype(float)

    def digits(self, value: pd.Series) -> pd.Series:
        plain = value.str.fullmatch("[0-9]+").fillna(value=False).astype(bool)
        length = value.str.len().where(plain, 0.0)
        return length.where(value.notna())

    def arithmetic(self, sign: str, left: Value, right: Value) -> Value:
        return left + right if sign == "+" else left - right if sign == "-" else left * right

    def count(self, parts: Sequence[Holds]) -> Value:
        return sum(part.astype(int) if isinstance(part, pd.Series) else int(part) for part in parts)

    def capped(self, value: pd.Series, most: int) -> pd.Series:
        return np.trunc(value.fillna(0).clip(0, most))

    def charges(self, cells: Sequence[str], *, whole_case: bool) -> pd.Series:
        own = self._own_charges(cells)
        if not whole_case:
            return own
        told = own.dropna()
        joint = told.groupby(self.data["#case"].loc[told.index]).agg(
            lambda each: ",".join(set(each))
        )
        whole = joint.map(canonical)
        return self.data["#case"].map(whole).where(lambda each: each.notna(), None)

    def _own_charges(self, cells: Sequence[str]) -> pd.Series:
        pairs = self.data[list(cells)]
        keys = pairs.drop_duplicates()
        said = [
            canonical(",".join(str(each) for each in row if isinstance(each, str)) or None)
            for row in keys.itertuples(index=False)
        ]
        codes = [pd.Categorical(pairs[cell]).codes.astype("int64") + 1 for cell in cells]
        key = codes[0] if len(codes) == 1 else codes[0] * (codes[1].max() + 1) + codes[1]
        at = pd.Series(key, index=self.data.index)
        table = dict(zip(at.loc[keys.index], said, strict=True))
        return at.map(table).astype(object).where(lambda each: each.notna(), None)

    def within(self, left: pd.Series, right: pd.Series) -> Any:
        pairs = pd.DataFrame({"left": left, "right": right}).dropna()
        keys = pairs.drop_duplicates()
        held = {
            (one, other)
            for one, other in keys.itertuples(index=False)
            if as_set(one) <= as_set(other)
        }
        found = [pair in held for pair in pairs.itertuples(index=False, name=None)]
        return pd.Series(found, index=pairs.index).reindex(self.data.index, fill_value=False)

    def has_charge(self, charges: pd.Series, names: frozenset[str], *, only: bool) -> Any:
        if only:
            return self._told(charges, lambda text: as_set(text) <= names)
        return self._told(charges, lambda text: bool(as_set(text) & names))

    def persons(self) -> pd.Series:
        size = self.data.groupby("#case")["#case"].transform("size")
        return size.where(self.data["#person"].notna())

    def same_number(self) -> pd.Series:
        count = self.data.groupby("#person")["#case"].transform("nunique")
        return count.where(self.data["#person"].notna())

    def offices(self) -> pd.Series:
        found = self.data["统一受案号"].map(self.engine.offices).fillna(1)
        return found.where(self.data["统一受案号"].notna())

    def word(self) -> pd.Series:
        return self.data["#case"].str.extract(WORD, expand=False).astype(object)

    def case_has(self, part: pd.Series) -> Any:
        return part.groupby(self.data["#case"]).transform("any")

    def other(self, table: str, name: str) -> pd.Series | None:
        newest = self.engine.newest[table]
        return self.data["#person"].map(newest[name]) if name in newest else None

    def has_record(self, table: str) -> Any:
        return self.data["#person"].isin(self.engine.newest[table].index)

    def looked_up(self, table: str, day: pd.Series) -> pd.Series:
        numbers = (day.to_numpy().astype("datetime64[D]") - np.datetime64(FIRST)).astype("int64")
        blank = day.isna().to_numpy()
        found = self.engine.days[table][np.where(blank, 0, numbers)]
        return pd.Series(found, index=self.data.index).where(~blank)

    def end(self, name: str) -> pd.Series:
        return self.engine.found_ends[self.sheet.number][name].loc[self.data.index]


def _length(month: Any) -> Any:
    return ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype("int64")


def _first(value: Value) -> Any:
    if not isinstance(value, pd.Series):
        return value
    return 0.0 if value.dtype.kind in "if" else ""


def _is_day(value: Value) -> bool:
    if isinstance(value, pd.Series):
        return bool(value.dtype.kind == "M")
    return isinstance(value, pd.Timestamp | np.datetime64)
