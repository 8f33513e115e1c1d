"""The sentences of the narrative: what they speak of, their figures, and what these are linked to."""
