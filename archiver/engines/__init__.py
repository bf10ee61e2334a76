"""Where looks are made: on this machine."""
