"""Pages handed in as files or JSON lines: `radar parse` and `radar import`."""
