"""Assembly: configuration, command line, scheduler, dispatcher, doors to messengers."""
