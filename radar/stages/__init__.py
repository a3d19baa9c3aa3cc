"""The stages of a run: crawl, extract, index. Each hands over through durable state."""
