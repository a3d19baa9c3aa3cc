"""Pure: bytes to `Page`. No network, no clock, no Scrapy."""
