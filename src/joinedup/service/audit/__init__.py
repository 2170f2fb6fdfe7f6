"""Who did what, when, on whose behalf, from which version to which: written once, chained, and never changed."""
