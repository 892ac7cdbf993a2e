"""Rows as Arrow: a schema of the fields, and columns that are filled without a dictionary for each block."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from cleaner.readers.extras import missing
from cleaner.writers.rows import FIELDS, Long, Source, values_of

if TYPE_CHECKING:
    import pyarrow


def load_pyarrow() -> Any:
    """The package pyarrow. Raises ImportError, which names the extra, where it is not installed."""
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError(f"Parquet {missing('parquet')}") from error
    return pyarrow


@cache
def arrow_schema(fields: tuple[str, ...]) -> pyarrow.Schema:
    """The schema of rows with these fields: texts, numbers, lists of structs. A struct has all fields of its class."""
    pa = load_pyarrow()
    return pa.schema([(name, _type(FIELDS[name].kind)) for name in fields])


def arrow_rows(sources: Iterable[Source], fields: tuple[str, ...]) -> pyarrow.RecordBatch:
    """Rows of the fields. What a document has not is null, a list without items is empty."""
    rows = [values_of(source, fields) for source in sources]
    columns = [_array([row[name] for row in rows], FIELDS[name].kind) for name in fields]
    return load_pyarrow().RecordBatch.from_arrays(columns, schema=arrow_schema(fields))


def _type(kind: Any) -> Any:
    pa = load_pyarrow()
    item = _item(kind)
    if item is not None:
        return pa.list_(_type(item))
    simple = {
        str: pa.string(),
        dict: pa.string(),
        float: pa.float64(),
        int: pa.int32(),
        Long: pa.int64(),
        bool: pa.bool_(),
    }
    return simple[kind] if kind in simple else pa.struct([(name, _type(inner)) for name, inner in _parts(kind)])


def _array(values: Sequence[Any], kind: Any) -> Any:
    """A column. Lists and structs are filled part by part: no object is made for a block."""
    pa = load_pyarrow()
    item = _item(kind)
    if item is not None:
        items, offsets = [], [0]
        for value in values:
            items.extend(value)
            offsets.append(len(items))
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), _array(items, item))
    if kind is str:
        return _texts(pa.array, values)
    if kind is dict:
        return _texts(pa.array, [json.dumps(value, ensure_ascii=False) for value in values])
    if kind in (float, int, Long, bool):
        return pa.array(values, _type(kind))
    arrays = [_array([getattr(value, name) for value in values], inner) for name, inner in _parts(kind)]
    return pa.StructArray.from_arrays(arrays, fields=list(_type(kind)))


def _texts(array: Callable[..., Any], values: Sequence[str | None]) -> Any:
    kind = _type(str)
    try:
        return array(values, kind)
    except UnicodeEncodeError:  # a file name that is no UTF-8 has lone surrogates
        return array([value and value.encode(errors="backslashreplace").decode() for value in values], kind)


def _item(kind: Any) -> Any:
    """What the items of a `tuple[X, ...]` are; None for another type."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


@cache
def _parts(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass with their types."""
    hints = get_type_hints(kind)
    return tuple((field.name, _plain(hints[field.name])) for field in dataclasses.fields(kind))


def _plain(hint: Any) -> Any:
    """A type without None, which any column may hold; the type of the values of a `Literal`."""
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (inner for inner in get_args(hint) if inner is not type(None))
    return type(get_args(hint)[0]) if get_origin(hint) is Literal else hint
