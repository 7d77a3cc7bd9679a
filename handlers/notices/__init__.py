"""《案件流程监控通知书》 from draft to reply."""
