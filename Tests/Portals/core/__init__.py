"""What all portals share: requests, replies, faults, the server."""
