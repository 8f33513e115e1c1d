-- The public views (CONTRACT): names, units and order of columns are those of the CSV files. New columns go to the end of a view and
-- of its table in dictionary.toml. wan(x) and yuan(x) are macros that views.py writes out as plain SQL (decimal strings in 万元
-- and 元), so that any SQLite program can open the views; leaf(page), file(row) and worksheet(row) take apart the number of a page
-- that base/leaves.py explains.

CREATE VIEW documents AS
  SELECT document_id, department, department_code, year, region, kind, source_file, source_sha256, source_kind, pages, status,
    replaced_by, files, part, label, counts
  FROM document;

CREATE VIEW tables AS
  SELECT document_id, table_no, title, unit, status, reason, leaf(form_table.page) AS page, line, reason_code, reason_args,
    file(form_table) AS file, worksheet(form_table) AS worksheet, layout
  FROM form_table;

CREATE VIEW figures AS
  SELECT f.figure_id, f.document_id, d.department, d.year, f.table_no, f.row_no, f.code, f.label, f.canonical_label, f.level,
    f.is_sum, f."column", f.column_label, wan(f.fen) AS amount_wan, f.raw, leaf(f.page) AS page, f.line,
    file(f) AS file, worksheet(f) AS worksheet
  FROM figure f JOIN document d USING (document_id);

CREATE VIEW projects AS
  SELECT project_id, document_id, name, office, stage, wan(total_fen) AS total_wan, wan(general_fen) AS general_wan,
    wan(fund_fen) AS fund_wan, wan(capital_fen) AS capital_wan, wan(special_fen) AS special_wan, wan(own_fen) AS own_wan,
    sheet_id, link, leaf(project.page) AS page, line,
    file(project) AS file, worksheet(project) AS worksheet, source
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
    s.overview, s.basis, s.need, s.safeguards, s.plan, s.term_goal, s.annual_goal, s.filed_on, leaf(s.page) AS page, s.line,
    file(s) AS file, worksheet(s) AS worksheet
  FROM sheet s;

CREATE VIEW targets AS
  SELECT target_id, sheet_id, document_id, horizon, dimension, category, indicator, target, operator, value, unit, quality,
    rule, leaf(target.page) AS page, line,
    file(target) AS file, worksheet(target) AS worksheet
  FROM target;

CREATE VIEW three_public AS
  SELECT d.document_id, d.department, d.year, i.item, wan(i.fen) AS amount_wan, i.status
  FROM document d JOIN three_public_item i USING (document_id)
  ORDER BY d.document_id, i.number;

CREATE VIEW statements AS
  SELECT document_id, section, kind, subject, value, unit, text, leaf(statement.page) AS page, line,
    file(statement) AS file, worksheet(statement) AS worksheet
  FROM statement;

CREATE VIEW statement_links AS
  SELECT link_id, document_id, number_id, section, kind, subject, value, unit, link, role, agrees, figure_id, table_no, row_no,
    "column", label, project_id, sheet_id, other_statement_id AS other_number_id, reason, text, leaf(statement_link.page) AS page, line, leaf(statement_link.at_page) AS at_page, at_line,
    label_code, label_args, reason_code, reason_args,
    file(statement_link) AS file, worksheet(statement_link) AS worksheet,
    file(statement_link.at_page) AS at_file, worksheet(statement_link.at_page) AS at_worksheet
  FROM statement_link;

CREATE VIEW checks AS
  SELECT check_id, document_id, rule, label, wan(left_fen) AS left_wan, wan(right_fen) AS right_wan,
    wan(left_fen - right_fen) AS difference_wan, wan(tolerance_fen) AS tolerance_wan, status, left_ref, right_ref, explanation,
    label_code, label_args, explanation_code, explanation_args
  FROM check_result;

CREATE VIEW disclosure AS
  SELECT document_id, item_id, "group", item, status, evidence, evidence_code, evidence_args FROM disclosure_item;

CREATE VIEW problems AS
  SELECT problem_id, document_id, severity, subject, message, table_no, raw, leaf(problem.page) AS page, line, message_code, message_args,
    file(problem) AS file, worksheet(problem) AS worksheet
  FROM problem;
