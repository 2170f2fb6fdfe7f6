"""Inspecting together: one area, one team from several inspectorates, one evidence base, one signed narrative."""
