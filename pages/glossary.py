"""名词: the words of budget disclosures, in the departments' own words with their places, and the words of this app."""

from budgetdata.ui import frame, glossary

db, lang = frame.page("glossary.title", "glossary.lead")
glossary.own_words(lang)
glossary.printed(db, lang)
