"""The officer's queues and decisions."""
