from __future__ import annotations

from crawler.scrapy_settings import user_agent


def test_user_agent_is_honest() -> None:
    assert user_agent("desk@example.org").endswith(" (+desk@example.org)")
    assert user_agent(None).startswith("Rohstoffradar/")
    assert "(" not in user_agent(None)
