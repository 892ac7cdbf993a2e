"""What CSS and XPath are both parsed to: one small tree of expressions, plain frozen data.

An expression is a set of nodes (`Path`, `Filtered`, `Union`), a test (`All`, `AnyOf`, `Not`, `Compare`, ...) or a
value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from cleaner.selectors.functions import FUNCTIONS
from cleaner.selectors.tree import NODE

Kind: TypeAlias = Literal["nodes", "string", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Constant:
    value: str | float | bool


@dataclass(frozen=True, slots=True)
class Step:
    axis: str
    test: str
    """A name in lower case, or one of the node tests of `tree`; for attributes a name or "*"."""
    predicates: tuple[Expression, ...] = ()

    @property
    def positional(self) -> bool:
        """Whether a predicate asks for the place in the step's list."""
        return any(is_positional(predicate) for predicate in self.predicates)


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the document, from `base` where there is one, else from the context node."""

    steps: tuple[Step, ...]
    absolute: bool = False
    base: Expression | None = None


@dataclass(frozen=True, slots=True)
class Filtered:
    """A parenthesized set with predicates, which count in document order."""

    base: Expression
    predicates: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Union:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """Whether the context node is in a set that is the same for every context (CSS :not, :is)."""

    nodes: Expression


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Expression


@dataclass(frozen=True, slots=True)
class AttributeTest:
    """Whether the context element has an attribute, and its value passes."""

    name: str
    operator: Literal["exists", "=", "~=", "|=", "^=", "$=", "*="] = "exists"
    value: str = ""
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Nth:
    """Whether the place among the siblings is a * n + b for some n >= 0."""

    a: int
    b: int
    from_end: bool = False
    of_type: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]


Expression: TypeAlias = (
    Constant | Path | Filtered | Union | Among | All | AnyOf | Not | AttributeTest | Nth | Compare | Arithmetic | Call
)

SELF = Path((Step("self", NODE),))


def kind(expression: Expression) -> Kind:
    """The type that the expression has on every page."""
    match expression:
        case Path() | Filtered() | Union():
            return "nodes"
        case Constant(value=str()):
            return "string"
        case Constant(value=bool()):
            return "boolean"
        case Constant() | Arithmetic():
            return "number"
        case Call(name=name):
            return FUNCTIONS[name].returns
    return "boolean"


def is_positional(predicate: Expression) -> bool:
    """Whether a predicate depends on the place in the list that it filters: `[2]`, `[last()]`, `[position() < 3]`."""
    return kind(predicate) == "number" or depends_on_place(predicate)


def depends_on_place(expression: Expression) -> bool:
    """Whether position() or last() of the context itself is asked for."""
    match expression:
        case Call(name="position" | "last"):
            return True
        case Call(arguments=parts) | All(parts=parts) | AnyOf(parts=parts) | Union(parts=parts):
            return any(depends_on_place(part) for part in parts)
        case Not(part=part) | Filtered(base=part):
            return depends_on_place(part)
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return depends_on_place(left) or depends_on_place(right)
        case Path(base=base):
            return base is not None and depends_on_place(base)
    return False


def is_size_only(expression: Expression) -> bool:
    """Whether a number is the same for every node of a list: made of constants and last()."""
    match expression:
        case Constant(value=value):
            return not isinstance(value, str | bool)
        case Call(name="last"):
            return True
        case Arithmetic(left=left, right=right):
            return is_size_only(left) and is_size_only(right)
    return False


def is_fixed(nodes: Expression) -> bool:
    """Whether a set of nodes is the same from every context."""
    match nodes:
        case Path(absolute=absolute, base=base):
            return absolute or (base is not None and is_fixed(base))
        case Filtered(base=base):
            return is_fixed(base)
        case Union(parts=parts):
            return all(is_fixed(part) for part in parts)
    return False


def yields_attributes(nodes: Expression) -> bool:
    """Whether attributes are among what a set of nodes holds."""
    match nodes:
        case Path(steps=[*_, Step(axis="attribute")]):
            return True
        case Filtered(base=base):
            return yields_attributes(base)
        case Union(parts=parts):
            return any(yields_attributes(part) for part in parts)
    return False


def all_of(parts: tuple[Expression, ...]) -> Expression:
    """The conjunction, flat, so that a chain of any length is no deeper than one."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    return flat[0] if len(flat) == 1 else All(flat)


def any_of(parts: tuple[Expression, ...]) -> Expression:
    """The disjunction, flat."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,)))
    return flat[0] if len(flat) == 1 else AnyOf(flat)


def union(parts: tuple[Expression, ...]) -> Expression:
    """The union, flat."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Union) else (part,)))
    return flat[0] if len(flat) == 1 else Union(flat)


def has_tag(test: str) -> Expression:
    """That the context node passes a node test."""
    return Path((Step("self", test),))
