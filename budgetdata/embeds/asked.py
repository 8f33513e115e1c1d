"""What an address may name, declared once as a model: reading it, refusing it and describing it all use the declaration.

A parameter is a field: its type says what it may be, its default that it may be left out, `Otherwise` what is said where it is
something else. An empty value is the same as none, but in a list whose values stand in parameters of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from typing_extensions import TypeAliasType

from budgetdata.base.said import said
from budgetdata.embeds.answers import Refused
from budgetdata.embeds.counting import is_counting

_LONGEST = 60
"""How much of what was asked is said back."""


class Asked(BaseModel):
    """The parameters of an address. `unknown`: the key of what is said to a name that is none of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    unknown: ClassVar[str] = "refused.parameter"


@dataclass(frozen=True, slots=True)
class Otherwise:
    """How a wrong value is answered: the key of the words, and what to list (from what was asked) where not the valid values.

    joined: a list whose values stand in one parameter, with commas between.
    """

    key: str = "refused.value"
    listed: Callable[[Mapping[str, Any]], Sequence[str]] | None = None
    joined: bool = False


M = TypeVar("M", bound=Asked)


def either(values: Iterable[str], named: str = "", *, optional: bool = True) -> Any:
    """The type of one of some values, empty where it may be left out. named: its name in the description."""
    valid = tuple(dict.fromkeys([*([""] if optional else []), *values]))
    if not valid:
        return Annotated[str, Field(min_length=1, max_length=0)]
    each = Literal[valid]  # type: ignore[valid-type]
    return TypeAliasType(named, each) if named else each


def _plain(value: Any) -> Any:
    if isinstance(value, str) and not (value.isascii() and value.isdecimal() and len(value) <= 18):
        raise ValueError("no whole number")
    return value


def whole(least: int, most: int) -> Any:
    """The type of a whole number in a range, written in digits alone."""
    return Annotated[int, Field(ge=least, le=most), BeforeValidator(_plain)]


def otherwise(field: FieldInfo) -> Otherwise:
    """How a wrong value of a parameter is answered."""
    return next((each for each in field.metadata if isinstance(each, Otherwise)), Otherwise())


def is_list(field: FieldInfo) -> bool:
    """Whether a parameter may have several values."""
    return get_origin(field.annotation) is list


def values_of(annotation: Any) -> list[str]:
    """The values that a type lists, itself or in a list of it; [] where it lists none."""
    if isinstance(annotation, TypeAliasType):
        return values_of(annotation.__value__)
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation) if value != ""]
    return [value for inner in get_args(annotation) for value in values_of(inner)]


def choices(model: type[Asked], name: str) -> list[str]:
    """The values that a parameter of an address may have."""
    return values_of(model.model_fields[name].annotation)


def read(model: type[M], pairs: Iterable[tuple[str, str]]) -> M:
    """What an address asks. Raises Refused (400) where it names what the declaration does not, listing what there is.

    What others add to count their readers is passed over.
    """
    given = _gathered(model, pairs)
    try:
        return model.model_validate(given)
    except ValidationError as error:
        found = error.errors(include_url=False)
        first = next((each for each in found if each["type"] == "extra_forbidden"), found[0])
        raise _refused(model, given, first) from None


def _gathered(model: type[Asked], pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in pairs:
        field = model.model_fields.get(name)
        if field is None:
            if not is_counting(name):
                given[name] = value
        elif is_list(field):
            parts = [part for part in value.split(",") if part] if otherwise(field).joined else [value]
            given[name] = list(dict.fromkeys([*given.get(name, []), *parts]))
        elif name in given:
            raise Refused(said("refused.twice", name=name), list(model.model_fields))
        elif value:
            given[name] = value
    return given


def _refused(model: type[Asked], given: Mapping[str, Any], error: ErrorDetails) -> Refused:
    name = str(error["loc"][0])
    field = model.model_fields.get(name)
    if field is None:
        return Refused(said(model.unknown, name=name[:_LONGEST], of=model.__name__), list(model.model_fields))
    answer = otherwise(field)
    listed = list(answer.listed(given)) if answer.listed else values_of(field.annotation)
    if error["type"] == "missing":
        return Refused(said("refused.missing", name=name, what=field.description), listed)
    if error["type"] == "too_long":
        return Refused(said("refused.many", name=name, most=error["ctx"]["max_length"]))
    limits = _limits(field)
    value = str(error["input"])[:_LONGEST]
    return Refused(said(answer.key, name=name, value=value, of=model.__name__, **limits), listed or _range(limits))


def _limits(field: FieldInfo) -> dict[str, int]:
    """The least and the most that a whole number may be."""
    sides = (("least", "ge"), ("most", "le"))
    return {name: getattr(each, side) for each in field.metadata for name, side in sides if hasattr(each, side)}


def _range(limits: Mapping[str, int]) -> list[str]:
    return [f"{limits['least']}…{limits['most']}"] if len(limits) == 2 else []
