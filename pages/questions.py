"""提问: a ready-made sentence with choices inside; the answer as sentence, chart, table, link and CSV."""

from budgetdata.ui import frame, questions

db, lang = frame.page("questions.title", "questions.lead")
question = questions.chosen(lang)
picked = questions.slots(db, question, lang)
questions.answer(db, question, picked, lang)
questions.others(lang, question)
