"""How the subjects of the narrative and its sections read in labels."""

from __future__ import annotations

SUBJECT_ZH = {
    "income_total": "收入总计", "income_current": "本年收入", "carryover": "上年结转", "expenditure_total": "支出总计",
    "expenditure_current": "本年预算安排", "expenditure_carryover": "上年结转（支出）", "carry_forward": "结转下年",
    "general": "一般公共预算", "fund": "政府性基金预算", "capital": "国有资本经营预算", "special": "财政专户管理资金",
    "own": "单位资金", "basic": "基本支出", "project": "项目支出", "personnel": "人员经费", "operating": "公用经费",
    "appropriation_total": "财政拨款收支总预算", "appropriation_current": "当年拨款收入",
    "appropriation_carryover": "上年结转收入",
    "three_public": "“三公”经费", "overseas": "因公出国（境）费", "reception": "公务接待费", "vehicles": "公务用车购置及运行费",
    "vehicle_purchase": "公务用车购置费", "vehicle_running": "公务用车运行维护费", "running": "机关运行经费",
    "procurement_total": "政府采购预算总额", "procurement_goods": "政府采购货物", "procurement_works": "政府采购工程",
    "procurement_services": "政府采购服务", "department_goal": "整体绩效目标涉及资金",
    "department_goal_basic": "整体绩效目标涉及资金中的基本支出", "department_goal_project": "整体绩效目标涉及资金中的项目支出",
    "projects_managed": "纳入绩效管理的项目", "projects_managed_other": "其中其他运转类项目",
    "projects_managed_special": "其中特定目标类项目", "projects_published": "公开绩效目标的项目",
    "projects_published_other": "公开绩效目标的其他运转类项目", "projects_published_special": "公开绩效目标的特定目标类项目",
    "units": "预算单位", "units_with_goals": "编报整体绩效目标的单位", "units_goal": "单位整体绩效目标涉及资金",
    "vehicles_quota": "公务用车编制", "vehicles_held": "实有车辆", "staff_quota": "编制数", "staff": "在职人数",
    "staff_quota_administrative": "行政编制数", "staff_quota_institution": "事业编制数", "staff_quota_workers": "工勤编制数",
    "staff_administrative": "行政人员数", "staff_institution": "事业人员数", "staff_workers": "工勤人员数",
    "staff_retired": "离退休人数", "staff_pensioners": "退休人数", "staff_veterans": "离休人数", "staff_temporary": "编外人数",
    "vehicles_planned": "拟购置车辆", "vehicles_ministerial": "部级（省级）领导用车", "vehicles_principal": "主要领导用车",
    "vehicles_leader": "领导用车", "vehicles_confidential": "机要通信用车", "vehicles_emergency": "应急保障用车",
    "vehicles_enforcement": "执法执勤用车", "vehicles_special": "特种专业技术用车", "vehicles_retired": "离退休干部用车",
    "vehicles_institution": "事业单位业务用车", "vehicles_general": "一般公务用车", "vehicles_other": "其他公务用车",
    "floor_area": "办公用房建筑面积",
    "fixed_assets": "固定资产", "equipment": "设备", "equipment_net_value": "设备净值", "staff_joined": "调入人员",
    "staff_left": "调出人员", "post_division_head": "正处职数", "post_deputy_division_head": "副处职数",
    "post_section_head": "正科职数", "post_deputy_section_head": "副科职数", "internal_offices": "内设机构",
    "subordinate_units": "所属单位", "expenditure_year": "本年支出", "expenditure_fiscal": "财政拨款支出",
    "carryover_general": "上年结转的一般公共预算", "carryover_fund": "上年结转的政府性基金预算",
    "carryover_capital": "上年结转的国有资本经营预算", "carryover_special": "上年结转的财政专户管理资金",
    "carryover_own": "上年结转的单位资金", "income_fiscal": "财政拨款收入", "income_institution": "事业收入",
    "income_business": "事业单位经营收入", "income_superior": "上级补助收入", "income_affiliated": "附属单位上缴收入",
    "income_other": "其他收入", "expenditure_business": "事业单位经营支出", "expenditure_superior": "上缴上级支出",
    "expenditure_affiliated": "对附属单位补助支出", "conference": "会议费", "training": "培训费", "outsourced": "委托业务费",
    "department_goal_general": "绩效管理涉及的一般公共预算", "department_goal_fund": "绩效管理涉及的政府性基金预算",
    "department_goal_capital": "绩效管理涉及的国有资本经营预算", "projects_first_level": "绩效管理涉及的一级项目",
    "reason_item": "原因中的一项", "other": "未能归类的数",
    "adjustment": "调剂的金额", "basic_adjusted": "调整后基本支出", "project_adjusted": "调整后项目支出",
}  # fmt: skip
"""How a subject reads in labels; names of 科目 read as they are."""


def subject_zh(subject: str) -> str:
    """A subject in Chinese, as labels print it."""
    return SUBJECT_ZH.get(subject, subject)
