"""The public tables described once: what each column holds, in which unit, and how the tables refer to each other.

The export's datapackage.json, the workbook's first sheet and the data dictionary page are drawn from here; a test
compares it with the columns of the database's views.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WAN, YUAN = "万元", "元"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, Chinese title, description, type (string, integer, number, boolean) and unit.

    values lists what a coded column may hold; fiscal is its ColumnType in the Fiscal Data Package's budget taxonomy.
    """

    name: str
    title_zh: str
    description: str
    type: str = "string"
    unit: str = ""
    values: tuple[str, ...] = ()
    fiscal: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One public table: name, Chinese title, what one row is, its key, and which columns refer to which table."""

    name: str
    title_zh: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    refers: tuple[tuple[tuple[str, ...], str], ...] = ()

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError where the table has none."""
        return {field.name: field for field in self.fields}[name]


_DEPARTMENT = Field("department", "部门", "部门名称", fiscal="administrative-classification:generic:label", required=True)
_YEAR = Field("year", "年度", "预算年度", "integer", fiscal="date:fiscal-year", required=True)
_PAGE = Field("page", "页", "所在页，从 1 起；来源不分页时为空", "integer")
_LINE = Field("line", "行", "所在行，从 1 起：文本按全文计，PDF 按页计", "integer")
_OF_DOCUMENT = ((("document_id",), "documents"),)


def _document_id() -> Field:
    return Field("document_id", "文档编号", "原始文件 SHA-256 的前 12 位", required=True)


def _wan(name: str, title: str, description: str, fiscal: str = "value") -> Field:
    return Field(name, title, description, "number", WAN, fiscal=fiscal)


def _yuan(name: str, title: str, description: str) -> Field:
    return Field(name, title, description, "number", YUAN, fiscal="value")


def _texts(*pairs: tuple[str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(name, title, description) for name, title, description in pairs)


TABLE_STATUSES = ("data", "empty_stated", "empty", "missing", "unreadable")
CHECK_STATUSES = ("balanced", "rounding", "different", "not_evaluable")
ITEM_STATUSES = ("full", "partial", "empty_stated", "empty", "missing", "not_applicable")
COLUMNS = (
    "total", "general", "fund", "capital", "special", "own", "carryover", "basic", "project", "personnel", "operating",
    "current", "subtotal",
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    Table(
        "documents", "文档", "每行一份部门预算公开文件", ("document_id",),
        (
            _document_id(), _DEPARTMENT,
            Field("department_code", "部门代码", "绩效目标表上印的主管部门代码", fiscal="administrative-classification:generic:code"),
            _YEAR,
            Field("region", "地区", "部门所属地区", fiscal="geo:source:title"),
            Field("kind", "文件种类", "department_budget 部门预算", values=("department_budget",), required=True),
            Field("source_file", "原文件名", "登记时的文件名", required=True),
            Field("source_sha256", "原文件 SHA-256", "原始文件（未隐去个人信息前）的散列值", required=True),
            Field("source_kind", "来源形式", "text 文本，pdf PDF 文件", values=("text", "pdf"), required=True),
            Field("pages", "页数", "来源不分页时为空", "integer"),
            Field("status", "读取状态", "read 全部读出，partial 有未读出之处（见 problems）", values=("read", "partial"), required=True),
        ),
    ),
    Table(
        "tables", "十三张表", "每行一张标准表：有没有、是不是空表、读出没有", ("document_id", "table_no"),
        (
            _document_id(),
            Field("table_no", "表号", "标准表号 1–13，与原文的编号未必相同", "integer", required=True),
            Field("title", "表名", "原文所印的表名"),
            Field("unit", "原文单位", "原文所印的金额单位"),
            Field("status", "状态", "data 有数；empty_stated 空表并已说明；empty 空表未说明；missing 未公开；unreadable 未能读准",
                  values=TABLE_STATUSES, required=True),
            Field("reason", "原因", "不是 data 时的原因，或列的位置凭什么判定"),
            _PAGE, _LINE,
        ),
        _OF_DOCUMENT,
    ),
    Table(
        "figures", "数字", "每行一个印出的金额（含 0.00，不含空白）；合计与分项并存，求和前请看 is_sum", ("figure_id",),
        (
            Field("figure_id", "数字编号", "文档.表.行.列，永久不变", fiscal="budget-line-id", required=True),
            _document_id(), _DEPARTMENT, _YEAR,
            Field("table_no", "表号", "标准表号 1–13", "integer", required=True),
            Field("row_no", "行号", "该表（该侧）第几条数据行，从 1 起", "integer", required=True),
            Field("code", "科目编码", "原文所印编码：3 位类、5 位款、7 位项；收入、支出功能、经济分类依表而定"),
            Field("label", "科目名称", "原文所印名称", required=True),
            Field("canonical_label", "统一名称", "同一编码的统一名称；无编码的行为去掉序号的名称", required=True),
            Field("level", "层级", "0 合计，1 类，2 款，3 项", "integer", required=True),
            Field("is_sum", "是否合计", "1 表示表内另有其分项，不可与分项相加", "integer", values=("0", "1"), required=True),
            Field("column", "列", "统一列名", values=COLUMNS, required=True),
            Field("column_label", "列名", "原文所印列名"),
            Field("amount_wan", "金额", "金额", "number", WAN, fiscal="value", required=True),
            Field("raw", "原文", "原文所印的字符", required=True),
            _PAGE, _LINE,
        ),
        (*_OF_DOCUMENT, (("document_id", "table_no"), "tables")),
    ),
    Table(
        "projects", "项目", "每行一个项目（表 12 本年预算、表 13 上年结转；小计行不是项目）", ("project_id",),
        (
            Field("project_id", "项目编号", "文档.p 阶段 行号", fiscal="activity:generic:project:code", required=True),
            _document_id(),
            Field("name", "项目名称", "原文所印名称", fiscal="activity:generic:project:label", required=True),
            Field("office", "承办处室", "项目名称中写明的处室"),
            Field("stage", "阶段", "current 本年预算，carryover 上年结转", values=("current", "carryover"), required=True),
            _wan("total_wan", "合计", "各项资金合计"),
            _wan("general_wan", "一般公共预算", "一般公共预算资金"),
            _wan("fund_wan", "政府性基金", "政府性基金预算资金"),
            _wan("capital_wan", "国有资本经营预算", "国有资本经营预算资金"),
            _wan("special_wan", "财政专户管理资金", "财政专户管理资金"),
            _wan("own_wan", "单位资金", "单位资金"),
            Field("sheet_id", "绩效表编号", "对应的项目绩效目标表；没有则为空"),
            Field("link", "对应依据", "exact 名称相同，similar 名称相近且金额相符，amount 仅金额相符，none 没有",
                  values=("exact", "similar", "amount", "none"), required=True),
            _PAGE, _LINE,
        ),
        (*_OF_DOCUMENT, (("sheet_id",), "sheets")),
    ),
    Table(
        "sheets", "绩效目标表", "每行一张绩效目标表：项目的，或部门整体的", ("sheet_id",),
        (
            Field("sheet_id", "绩效表编号", "文档.s 序号", required=True),
            _document_id(),
            Field("project_name", "项目名称", "原文所印名称", required=True),
            Field("scope", "范围", "project 项目，department 部门整体", values=("project", "department"), required=True),
            *_texts(("attribute", "项目属性", "如 新增项目、延续项目"), ("term", "项目期", "实施期限")),
            _yuan("term_yuan", "实施期资金", "实施期资金总额"),
            _yuan("annual_yuan", "年度资金", "年度资金总额"),
            _yuan("central_yuan", "中央资金", "年度资金中的中央财政资金"),
            _yuan("provincial_yuan", "省级资金", "年度资金中的省级财政资金"),
            _yuan("local_yuan", "市县资金", "年度资金中的市县（区）财政资金"),
            _yuan("self_yuan", "单位自筹", "年度资金中的单位自筹"),
            _yuan("other_yuan", "其他资金", "年度资金中的其他资金"),
            *_texts(
                ("overview", "项目概况", "项目概况"), ("basis", "立项依据", "立项依据"), ("need", "必要性", "项目设立必要性"),
                ("safeguards", "保障措施", "保证项目实施的制度、措施"), ("plan", "实施计划", "项目实施计划"),
                ("term_goal", "实施期目标", "实施期总目标"), ("annual_goal", "年度目标", "年度目标"),
                ("filed_on", "填报日期", "原文所印的填报日期"),
            ),
            _PAGE, _LINE,
        ),
        _OF_DOCUMENT,
    ),
    Table(
        "targets", "绩效指标", "每行一个指标在一个期间（实施期或年度）的目标值", ("target_id",),
        (
            Field("target_id", "指标编号", "绩效表.t 实施期 / a 年度 序号", required=True),
            Field("sheet_id", "绩效表编号", "所在的绩效目标表", required=True),
            _document_id(),
            Field("horizon", "期间", "term 实施期，annual 年度", values=("term", "annual"), required=True),
            Field("dimension", "一级指标", "产出、效益、满意度", values=("产出", "效益", "满意度"), required=True),
            Field("category", "二级指标", "数量、质量、时效、成本、经济效益、社会效益、生态效益、可持续影响、服务对象满意度", required=True),
            Field("indicator", "三级指标", "原文所印的指标名称"),
            Field("target", "指标值", "原文所印的目标值"),
            *_texts(("operator", "比较符", "≥ ≤ = 等；读不成数值时为空"), ("value", "数值", "目标值中的数"), ("unit", "计量单位", "目标值的单位")),
            Field("quality", "可衡量程度", "quantified 有数量，verifiable 可核实，vague 含糊",
                  values=("quantified", "verifiable", "vague"), required=True),
            Field("rule", "判定规则", "判定可衡量程度所依的规则", required=True),
            _PAGE, _LINE,
        ),
        (*_OF_DOCUMENT, (("sheet_id",), "sheets")),
    ),
    Table(
        "three_public", "三公经费", "每行一个部门一年的一项“三公”经费（表 10）", ("document_id", "item"),
        (
            _document_id(), _DEPARTMENT, _YEAR,
            Field("item", "项", "overseas 因公出国（境），reception 公务接待，vehicles 公务用车，vehicle_purchase 购置，vehicle_running 运行维护，"
                  "total 合计", required=True,
                  values=("overseas", "reception", "vehicles", "vehicle_purchase", "vehicle_running", "total")),
            _wan("amount_wan", "金额", "金额；空白不等于 0"),
            Field("status", "状态", "stated 印有金额（含 0.00）；blank 空白；其余同 tables.status",
                  values=("stated", "blank", *TABLE_STATUSES[1:]), required=True),
        ),
        _OF_DOCUMENT,
    ),
    Table(
        "statements", "说明中的数字", "每行一个从文字说明中读出的数字，含据以推算的上年数", (),
        (
            _document_id(),
            *_texts(("section", "章节", "所在章节"), ("kind", "种类", "说明的种类"), ("subject", "对象", "说的是什么"),
                    ("value", "数值", "印出的数"), ("unit", "单位", "数的单位"), ("text", "原句", "原文句子")),
            _PAGE, _LINE,
        ),
        _OF_DOCUMENT,
    ),
    Table(
        "checks", "勾稽关系", "每行一条勾稽关系的核对结果", ("check_id",),
        (
            Field("check_id", "核对编号", "永久不变", required=True),
            _document_id(),
            Field("rule", "规则", "勾稽规则", required=True),
            Field("label", "名称", "规则的中文名称", required=True),
            _wan("left_wan", "左边", "等式左边"), _wan("right_wan", "右边", "等式右边"),
            _wan("difference_wan", "差额", "左边减右边"), _wan("tolerance_wan", "尾差限度", "四舍五入可能造成的最大差额"),
            Field("status", "结果", "balanced 相符；rounding 尾差；different 不一致；not_evaluable 无法核对",
                  values=CHECK_STATUSES, required=True),
            *_texts(("left_ref", "左边出处", "表、行、列或页"), ("right_ref", "右边出处", "表、行、列或页"), ("explanation", "说明", "怎样得出")),
        ),
        _OF_DOCUMENT,
    ),
    Table(
        "disclosure", "公开情况", "每行一份文件对一个应公开事项的公开情况", ("document_id", "item_id"),
        (
            _document_id(),
            Field("item_id", "事项编号", "事项编号", required=True),
            Field("group", "类别", "core 法定，local 地方格式，encouraged 鼓励", values=("core", "local", "encouraged"), required=True),
            Field("item", "事项", "应公开的事项", required=True),
            Field("status", "情况", "full 完整；partial 部分；empty_stated 空表并已说明；empty 空表；missing 未公开；not_applicable 不适用",
                  values=ITEM_STATUSES, required=True),
            Field("evidence", "证据", "页、行与原文"),
        ),
        _OF_DOCUMENT,
    ),
    Table(
        "problems", "读取中的问题", "每行一处没有读出（unread）或值得注意（note）的地方", ("problem_id",),
        (
            Field("problem_id", "问题编号", "文档.problem 序号", required=True),
            _document_id(),
            Field("severity", "程度", "unread 没有读出，note 照原样读出但值得注意", values=("unread", "note"), required=True),
            Field("subject", "对象", "table、sheet、page 等", required=True),
            Field("message", "说明", "哪里、什么、为什么", required=True),
            Field("table_no", "表号", "标准表号 1–13", "integer"),
            Field("raw", "原文", "原文所印的字符"),
            _PAGE, _LINE,
        ),
        _OF_DOCUMENT,
    ),
)  # fmt: skip


def table(name: str) -> Table:
    """The public table of that name. Raises KeyError where there is none."""
    return {described.name: described for described in TABLES}[name]


def table_names() -> Sequence[str]:
    """The names of the public tables in the order they are exported."""
    return [described.name for described in TABLES]
