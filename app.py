"""Entry of the app: page settings, navigation, and our HTTP routes in the same process. Nothing else.

`streamlit run app.py`, `python app.py` and `uvicorn app:app` all serve the pages and the routes.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def ui() -> None:
    """Draw the page that the address names."""
    from budgetdata.ui.shell import show

    show()


if get_script_run_ctx(suppress_warning=True) is None:
    from budgetdata.ui.shell import load_all, own_navigation
    from budgetdata.web import lifespan, middleware, routes

    own_navigation()
    load_all()
    app = st.App(__file__, routes=routes(), middleware=middleware(), lifespan=lifespan)
    if __name__ == "__main__":
        app.run()
else:
    ui()
