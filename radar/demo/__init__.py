"""Three made-up partner sites on loopback, to show and test the main job without network."""

from radar.demo.pages import NIGHTS
from radar.demo.server import DemoSites, demo_sites

__all__ = ["NIGHTS", "DemoSites", "demo_sites"]
