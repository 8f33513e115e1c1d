"""The public tables as pandas DataFrames: what `budgetdata.open()` gives."""
