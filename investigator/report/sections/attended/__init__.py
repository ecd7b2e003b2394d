"""The sections of an attended report: what people decided, beside what was computed."""
