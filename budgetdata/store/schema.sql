-- One declaration of what is stored. Amounts are integer fen; NULL is blank in the source, never zero.
-- The views carry the public names and units (CONTRACT); a view's column order is its CSV's column order.
-- wan(x) and yuan(x) are macros that store.py expands to plain SQL (decimal strings in 万元 and 元), so that any
-- SQLite program can open the views.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE document (
  document_id TEXT PRIMARY KEY, department TEXT NOT NULL, department_code TEXT, year INTEGER NOT NULL, region TEXT,
  kind TEXT NOT NULL, source_file TEXT NOT NULL, source_sha256 TEXT NOT NULL, source_kind TEXT NOT NULL,
  source_url TEXT, pages INTEGER, status TEXT NOT NULL
) STRICT;

CREATE TABLE form_table (
  document_id TEXT NOT NULL REFERENCES document, table_no INTEGER NOT NULL, title TEXT, unit TEXT,
  status TEXT NOT NULL CHECK (status IN ('data', 'empty_stated', 'empty', 'missing', 'unreadable')),
  reason TEXT, page INTEGER, line INTEGER, PRIMARY KEY (document_id, table_no)
) STRICT;

CREATE TABLE form_row (
  document_id TEXT NOT NULL REFERENCES document, table_no INTEGER NOT NULL, side TEXT NOT NULL, row_no INTEGER NOT NULL,
  code TEXT, label TEXT NOT NULL, canonical_label TEXT NOT NULL, level INTEGER NOT NULL, is_sum INTEGER NOT NULL,
  role TEXT NOT NULL, group_label TEXT, parent_row_no INTEGER, page INTEGER, line INTEGER,
  PRIMARY KEY (document_id, table_no, side, row_no)
) STRICT;

CREATE TABLE figure (
  figure_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document, table_no INTEGER NOT NULL,
  side TEXT NOT NULL, row_no INTEGER NOT NULL, code TEXT, label TEXT NOT NULL, canonical_label TEXT NOT NULL,
  level INTEGER NOT NULL, is_sum INTEGER NOT NULL, role TEXT NOT NULL, group_label TEXT, parent_row_no INTEGER,
  "column" TEXT NOT NULL, column_label TEXT NOT NULL, fen INTEGER NOT NULL, decimals INTEGER NOT NULL,
  raw TEXT NOT NULL, page INTEGER, line INTEGER,
  box TEXT -- x0,top,x1,bottom on the page in points, where the source is a PDF
) STRICT;
CREATE INDEX figure_place ON figure (document_id, table_no, side, row_no);
CREATE INDEX figure_code ON figure (code, "column");

CREATE TABLE sheet (
  sheet_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document, project_name TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('project', 'department')), office TEXT, office_code TEXT, unit_name TEXT,
  attribute TEXT, term TEXT, overview TEXT, basis TEXT, need TEXT, safeguards TEXT, plan TEXT,
  term_goal TEXT, annual_goal TEXT, filed_on TEXT, notes TEXT, page INTEGER, line INTEGER
) STRICT;

CREATE TABLE sheet_text ( -- where each running text of a sheet is printed
  sheet_id TEXT NOT NULL REFERENCES sheet, field TEXT NOT NULL, page INTEGER, line INTEGER, PRIMARY KEY (sheet_id, field)
) STRICT;

CREATE TABLE sheet_fund (
  sheet_id TEXT NOT NULL REFERENCES sheet, horizon TEXT NOT NULL CHECK (horizon IN ('term', 'annual')),
  source TEXT NOT NULL CHECK (source IN ('total', 'central', 'provincial', 'local', 'self', 'other')),
  fen INTEGER NOT NULL, PRIMARY KEY (sheet_id, horizon, source)
) STRICT;

CREATE TABLE project (
  project_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document, name TEXT NOT NULL, office TEXT,
  stage TEXT NOT NULL CHECK (stage IN ('current', 'carryover')), row_no INTEGER NOT NULL,
  total_fen INTEGER, general_fen INTEGER, fund_fen INTEGER, capital_fen INTEGER, special_fen INTEGER, own_fen INTEGER,
  sheet_id TEXT REFERENCES sheet, link TEXT NOT NULL CHECK (link IN ('exact', 'similar', 'amount', 'none')),
  page INTEGER, line INTEGER
) STRICT;

CREATE TABLE target (
  target_id TEXT PRIMARY KEY, sheet_id TEXT NOT NULL REFERENCES sheet, document_id TEXT NOT NULL REFERENCES document,
  horizon TEXT NOT NULL CHECK (horizon IN ('term', 'annual')), dimension TEXT NOT NULL, category TEXT NOT NULL,
  raw_category TEXT, indicator TEXT NOT NULL, target TEXT NOT NULL, operator TEXT, value TEXT, unit TEXT,
  quality TEXT NOT NULL CHECK (quality IN ('quantified', 'verifiable', 'vague')), rule TEXT NOT NULL, note TEXT,
  page INTEGER, line INTEGER
) STRICT;

CREATE TABLE paragraph (
  paragraph_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document, part INTEGER NOT NULL,
  section TEXT NOT NULL, text TEXT NOT NULL, page INTEGER, line INTEGER
) STRICT;

CREATE TABLE statement (
  statement_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document, section TEXT NOT NULL, kind TEXT NOT NULL,
  subject TEXT NOT NULL, value TEXT, unit TEXT, text TEXT NOT NULL, page INTEGER, line INTEGER
) STRICT;

CREATE TABLE statement_link ( -- every number of the narrative, in the order of its links; see LinkFact
  link_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document, statement_id TEXT REFERENCES statement,
  number_id TEXT NOT NULL, position INTEGER NOT NULL, section TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT,
  value TEXT, unit TEXT,
  link TEXT NOT NULL CHECK (link IN ('figure', 'blank_cell', 'sum', 'derived', 'project', 'sheet', 'statement', 'none')),
  role TEXT, agrees TEXT CHECK (agrees IN ('same', 'rounding', 'differs')), figure_id TEXT REFERENCES figure,
  table_no INTEGER, row_no INTEGER, "column" TEXT, label TEXT, project_id TEXT REFERENCES project,
  sheet_id TEXT REFERENCES sheet, other_statement_id TEXT REFERENCES statement, reason TEXT,
  text TEXT NOT NULL, page INTEGER, line INTEGER, at_page INTEGER, at_line INTEGER
) STRICT;
CREATE INDEX statement_link_document ON statement_link (document_id, position);

CREATE TABLE check_result (
  check_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document, rule TEXT NOT NULL, label TEXT NOT NULL,
  left_fen INTEGER, right_fen INTEGER, tolerance_fen INTEGER,
  status TEXT NOT NULL CHECK (status IN ('balanced', 'rounding', 'different', 'not_evaluable')),
  left_ref TEXT, right_ref TEXT, explanation TEXT
) STRICT;

CREATE TABLE disclosure_item (
  document_id TEXT NOT NULL REFERENCES document, item_id TEXT NOT NULL,
  "group" TEXT NOT NULL CHECK ("group" IN ('core', 'local', 'encouraged')), item TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('full', 'partial', 'empty_stated', 'empty', 'missing', 'not_applicable')),
  evidence TEXT, PRIMARY KEY (document_id, item_id)
) STRICT;

CREATE TABLE problem (
  problem_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document,
  severity TEXT NOT NULL CHECK (severity IN ('unread', 'note')), subject TEXT NOT NULL, message TEXT NOT NULL,
  table_no INTEGER, raw TEXT, page INTEGER, line INTEGER
) STRICT;

CREATE VIEW documents AS
  SELECT document_id, department, department_code, year, region, kind, source_file, source_sha256, source_kind, pages, status
  FROM document;

CREATE VIEW tables AS
  SELECT document_id, table_no, title, unit, status, reason, page, line FROM form_table;

CREATE VIEW figures AS
  SELECT f.figure_id, f.document_id, d.department, d.year, f.table_no, f.row_no, f.code, f.label, f.canonical_label, f.level,
    f.is_sum, f."column", f.column_label, wan(f.fen) AS amount_wan, f.raw, f.page, f.line
  FROM figure f JOIN document d USING (document_id);

CREATE VIEW projects AS
  SELECT project_id, document_id, name, office, stage, wan(total_fen) AS total_wan, wan(general_fen) AS general_wan,
    wan(fund_fen) AS fund_wan, wan(capital_fen) AS capital_wan, wan(special_fen) AS special_wan, wan(own_fen) AS own_wan,
    sheet_id, link, page, line
  FROM project;

CREATE VIEW sheets AS
  SELECT s.sheet_id, s.document_id, s.project_name, s.scope, s.attribute, s.term,
    (SELECT yuan(fen) FROM sheet_fund WHERE sheet_id = s.sheet_id AND horizon = 'term' AND source = 'total') AS term_yuan,
    (SELECT yuan(fen) FROM sheet_fund WHERE sheet_id = s.sheet_id AND horizon = 'annual' AND source = 'total') AS annual_yuan,
    (SELECT yuan(fen) FROM sheet_fund WHERE sheet_id = s.sheet_id AND horizon = 'annual' AND source = 'central') AS central_yuan,
    (SELECT yuan(fen) FROM sheet_fund WHERE sheet_id = s.sheet_id AND horizon = 'annual' AND source = 'provincial') AS provincial_yuan,
    (SELECT yuan(fen) FROM sheet_fund WHERE sheet_id = s.sheet_id AND horizon = 'annual' AND source = 'local') AS local_yuan,
    (SELECT yuan(fen) FROM sheet_fund WHERE sheet_id = s.sheet_id AND horizon = 'annual' AND source = 'self') AS self_yuan,
    (SELECT yuan(fen) FROM sheet_fund WHERE sheet_id = s.sheet_id AND horizon = 'annual' AND source = 'other') AS other_yuan,
    s.overview, s.basis, s.need, s.safeguards, s.plan, s.term_goal, s.annual_goal, s.filed_on, s.page, s.line
  FROM sheet s;

CREATE VIEW targets AS
  SELECT target_id, sheet_id, document_id, horizon, dimension, category, indicator, target, operator, value, unit, quality,
    rule, page, line
  FROM target;

CREATE VIEW three_public AS
  SELECT d.document_id, d.department, d.year, i.item, wan(f.fen) AS amount_wan,
    CASE WHEN f.fen IS NOT NULL THEN 'stated'
         WHEN t.status = 'data' THEN CASE WHEN r.role IS NULL THEN 'missing' ELSE 'blank' END
         ELSE t.status END AS status
  FROM document d
  JOIN form_table t ON t.document_id = d.document_id AND t.table_no = 10
  CROSS JOIN (SELECT 'overseas' AS item, 1 AS n UNION ALL SELECT 'reception', 2 UNION ALL SELECT 'vehicles', 3
    UNION ALL SELECT 'vehicle_purchase', 4 UNION ALL SELECT 'vehicle_running', 5 UNION ALL SELECT 'total', 6) i
  LEFT JOIN form_row r ON r.document_id = d.document_id AND r.table_no = 10 AND r.role = i.item
  LEFT JOIN figure f ON f.document_id = d.document_id AND f.table_no = 10 AND f.role = i.item AND f."column" = 'total'
  ORDER BY d.document_id, i.n;

CREATE VIEW statements AS
  SELECT document_id, section, kind, subject, value, unit, text, page, line FROM statement;

CREATE VIEW statement_links AS
  SELECT link_id, document_id, number_id, section, kind, subject, value, unit, link, role, agrees, figure_id, table_no, row_no,
    "column", label, project_id, sheet_id, other_statement_id AS other_number_id, reason, text, page, line, at_page, at_line
  FROM statement_link;

CREATE VIEW checks AS
  SELECT check_id, document_id, rule, label, wan(left_fen) AS left_wan, wan(right_fen) AS right_wan,
    wan(left_fen - right_fen) AS difference_wan, wan(tolerance_fen) AS tolerance_wan, status, left_ref, right_ref, explanation
  FROM check_result;

CREATE VIEW disclosure AS
  SELECT document_id, item_id, "group", item, status, evidence FROM disclosure_item;

CREATE VIEW problems AS
  SELECT problem_id, document_id, severity, subject, message, table_no, raw, page, line FROM problem;
