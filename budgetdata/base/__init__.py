"""What everything stands on: errors, text, money, the raw blocks of a document, its facts."""
