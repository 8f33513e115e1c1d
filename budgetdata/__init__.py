"""Read Chinese department budget disclosures (部门预算公开) into a checked SQLite database."""

__version__ = "0.1.0"
