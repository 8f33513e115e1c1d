"""Errors that a person can act on: where it is, what is wrong, what to do next."""

from __future__ import annotations


class BudgetDataError(Exception):
    """Base of every error this library raises on purpose.

    The message says where (document, page, line), what, and what to do next.
    """


class DocumentError(BudgetDataError):
    """A file cannot be read as a disclosure at all. Raised by the readers."""


class RegisterError(BudgetDataError):
    """A document cannot be registered (duplicate, facts missing). Raised by `register`."""


class FormError(BudgetDataError):
    """A form's declaration is not consistent. Raised when the forms are loaded."""


class StoreError(BudgetDataError):
    """The database is missing, of another version, or cannot be written. Raised by `store` and `queries`."""


class NoDatabaseError(StoreError):
    """There is no database where one was named; the message says how to build it. The command line ends with exit 2."""


class ReplacedError(StoreError):
    """The database was built anew between two questions about the same facts; whoever asked asks again from the start."""


class TooLongError(BudgetDataError):
    """What was asked takes longer than it may; whoever asked narrows it."""


class NoRendererError(BudgetDataError):
    """This process has no renderer; whoever asked has a process that has one draw."""


class UnknownNameError(BudgetDataError):
    """A caller asked for a table, column, chart or document that does not exist; the message lists what does."""
