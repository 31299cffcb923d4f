"""OpenNeuro: its invented datasets and its GraphQL interface."""
