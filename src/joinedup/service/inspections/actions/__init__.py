"""What is done in an inspection: every write, each asking its permission and writing the audit."""
