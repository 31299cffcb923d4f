/// TestSupport: where the project lies, throw-away folders, stand-in portals, invented records.
