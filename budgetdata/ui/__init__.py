"""The Streamlit side of the app: the frame of a page, choices kept in the address, figures that open their passport."""
