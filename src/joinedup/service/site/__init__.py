"""The public pages: England, each area, and what they rest on. They read the public record and nothing else."""
