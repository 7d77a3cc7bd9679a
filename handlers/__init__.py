"""One module per thing a person does: read what came in, ask, act, answer by outbox rows."""
