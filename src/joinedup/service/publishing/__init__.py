"""From what was signed to what the public reads: documents, publication, corrections, and the public record."""
