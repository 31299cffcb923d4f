"""DANDI: its invented data and its public interface."""
