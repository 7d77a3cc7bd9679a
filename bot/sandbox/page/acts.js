// The ledger's own words in Chinese; a word that is not listed is shown as it stands.
const ACTS = {
  acknowledged_all: "全部知悉", answer_bound: "答复归入条目", answer_bound_to_none: "答复未能归入", answer_confirmed: "确认答复",
  answer_recorded: "记录答复", answer_superseded: "答复已更新", answer_withdrawn: "撤回答复", asked_back: "反问", binding_refused: "拒绝绑定",
  bound: "绑定账号", case_vanished: "导出中未见此案", command_pressed: "使用指令", date_changed_after_prompt: "提示后改期", delegated: "代办",
  delegation_not_sent: "代办未发", digest_made: "生成每日提示", digest_skipped: "不发每日提示", digests_sent: "发出每日提示", heads_told: "发出部门一周",
  digests_withheld: "每日提示暂缓", edited: "修改消息", file_kept: "留存文件", file_removed: "移除文件", finding_changed: "问题有变化",
  finding_closed: "销号", finding_made: "发现问题", finding_moved: "改派", finding_recalled: "撤回条目", finding_released: "放行",
  finding_reopened: "重新打开", finding_shelved: "列为存量", import_cancelled: "取消导入", import_refused: "拒收导出", import_undone: "撤销导入",
  imported: "导入导出文件", input_set_aside: "来件待处理", invited: "发邀请码", item_opened: "查看条目", job_given_up: "任务放弃",
  message_not_sent: "未发送", message_removed: "移除消息", message_sent: "已送达", message_sent_again: "补发", message_told_otherwise: "另行告知", messenger_absent: "消息通道中断", message_unknown: "送达不明",
  not_understood: "未读懂", patrolled: "巡查", person_kept: "登记人员", person_unreachable: "联系不上", press_refused: "拒绝操作",
  press_unknown: "按钮不明", pressed: "点按", quarantine_released: "解除隔离", quarantined: "隔离", question_about_finding: "询问条目",
  question_asked: "提问", reacted: "表情回应", refused: "无权操作", released: "放行", reminded: "提醒", reminder_withheld: "提醒暂缓",
  reviewed_accepted: "复核采纳", reviewed_insufficient: "复核退回", reviewed_noted: "复核备注", said: "发言", said_in_group: "群内发言",
  sending_paused: "暂停发送", sending_resumed: "恢复发送", stranger: "陌生人来信", unbound: "解除绑定", undo_refused: "拒绝撤销",
  unknown_command: "未知指令", update_tried_again: "来件重试", uploaded: "上传文件", uploaded_in_group: "群内上传文件",
  message_withheld: "未绑定，未发", message_held: "扣留待发", message_postponed: "稍后再发", not_told: "未通知", not_enabled: "尚未启用",
  monitored_by_hand: "人工监控", person_reachable: "恢复联系", restored: "恢复备份", text_erased: "清除个人文字", messages_erased: "清除来信和消息原文", ledger_exported: "导出流水", backup_made: "已备份", stand_in_arranged: "登记代理", stand_in_ended: "代理结束", stand_in_extended: "代理改期", roster_changed: "更改人员名册", case_handed_over: "移交案件", handover_undone: "撤销移交", handover_ended: "移交因案卡变更结束", notice_closed: "通知书办结", return_summed_up: "销假小结", report_drafted: "起草报告", evaluation_decided: "移送评查", report_rewritten: "改写报告段落", report_submitted: "报告送审", report_checked: "审核报告", report_signed: "签发报告", report_returned: "退回报告", report_discarded: "撤销报告草稿", report_archived: "报告归档", report_filed: "报送报告", backup_failed: "备份未完成",
  rule_asked: "查规则", term_asked: "问期限", term_counted: "计算期限", answer_feedback: "评价回答", question_settled: "处理提问",
  rule_example: "留作规则例子", rules_released: "启用规则", rules_refused: "规则文件有误",
  outcome_decided: "决定处理方式", outcome_noted: "补充说明", outcome_reason: "选择理由",
  oral_prompt: "口头提示", oral_prompt_answer: "口头提示的答复", oral_prompt_result: "口头提示的结果", oral_prompt_registered: "已在系统登记",
  notice_drafted: "拟通知书", notice_item_dropped: "移出通知书", notice_submitted: "提交审批", notice_approved: "批准通知书",
  notice_returned: "退回通知书", notice_discarded: "撤销草稿", notice_issued: "制发通知书", notice_voided: "作废通知书",
  notice_received: "收到通知书", notice_delivered: "登记送达", notice_signed: "签收通知书", notice_instructed: "检察长批示",
  notice_reminder: "提醒答复通知书", notice_snoozed: "次日再提醒", notice_sent_again: "再次发送通知书", notice_numbered: "登记文号",
  paper_made: "生成文书", paper_failed: "文书未能生成", feedback_put: "填写反馈", feedback_restarted: "重新填写反馈",
  feedback_signed: "签署反馈意见书", feedback_reviewed: "复核反馈意见书",
  objection_raised: "提出异议", objection_put: "补充异议", objection_decided: "处理异议", objection_kept_up: "坚持异议",
  objection_given_up: "不再坚持异议",
  cases_proposed: "建议人工查看", picture_added: "附图片", list_registered: "登记问题清单", list_left: "不登记问题清单",
  campaign_started: "开始专项监控", campaign_ran: "专项运行规则", campaign_paused: "暂停专项", campaign_resumed: "恢复专项",
  campaign_finished: "完成专项", campaign_cancelled: "取消专项", campaign_looked: "专项逐件核对", campaign_marked: "专项统计口径",
  campaign_proposed: "建议开展专项", campaign_proposal_decided: "是否开展专项",
  clue_forwarded: "转监督线索", clue_received: "签收监督线索", clue_settled: "监督线索结果", clue_withdrawn: "撤回监督线索",
  handling_noted: "登记办理天数", publication_noted: "登记文书公开", training_held: "登记专题培训", report_made: "生成统计或台账",
  acceptance_withdrawn: "恢复提示", acceptance_renewed: "撤回恢复提示", common_problems: "共性问题提示",
  question_reopened: "撤回别名", text_imported: "导入正式文本", text_import_undone: "撤回文本导入", text_marked: "标注文本", text_refused: "文本未导入", text_pages_read: "识别扫描件",
  links_proposed: "条文引用建议", link_confirmed: "确认引用", link_declined: "不引用", link_undone: "撤回引用", link_lapsed: "引用待重新确认",
};
const OBJECTS = {
  account: "账号", answer: "答复", button: "按钮", case: "案件", chat: "会话", config: "配置", day: "日期", digest: "每日提示", file: "文件", finding: "问题", inbox: "来件",
  job: "任务", message: "消息", outbox: "消息", person: "人员", rule: "规则", snapshot: "导出", office: "单位",
  campaign: "专项", clue: "监督线索", draft: "问题草稿", notice: "通知书", prompt: "口头提示", objection: "异议", rules: "规则", point: "要点", links: "条文引用", text: "正式文本", scan: "扫描件", report: "统计",
};

export function actInWords(act) {
  return ACTS[act] ?? String(act ?? "");
}

export function objectInWords(object) {
  const [kind, ...rest] = String(object ?? "").split(":");
  return [OBJECTS[kind] ?? kind, rest.join(":")].filter(Boolean).join(" ");
}

export function whoInWords(entry) {
  const actor = String(entry.who ?? entry.actor ?? "");
  if (entry.who) return actor;
  return { system: "系统", config: "配置文件", operator: "操作员" }[actor] ?? objectInWords(actor);
}
