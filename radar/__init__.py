"""The command line and the wiring of the three rooms: settings, run, import, demo."""
