"""Our own HTTP addresses in the app's process: charts, embeds, data. Each answers without Streamlit."""

from budgetdata.web.app import lifespan, middleware, routes

__all__ = ["lifespan", "middleware", "routes"]
