"""Braze's Liquid."""
