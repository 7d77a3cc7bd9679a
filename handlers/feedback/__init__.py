"""《流程监控反馈意见书》: answered, signed, reviewed."""
