"""the EBRAINS Knowledge Graph: its invented data and its public interface."""
