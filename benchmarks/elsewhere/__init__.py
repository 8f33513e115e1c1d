"""Disclosures of bodies that do not exist, in the layouts of places whose documents nobody here has."""
