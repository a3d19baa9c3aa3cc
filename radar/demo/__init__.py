"""Three sample partner sites on loopback, which show and test the main job without a network."""

from radar.demo.pages import NIGHTS
from radar.demo.server import DemoSites, demo_sites

__all__ = ["NIGHTS", "DemoSites", "demo_sites"]
