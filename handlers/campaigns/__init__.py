"""专项监控: many cases on one subject."""
