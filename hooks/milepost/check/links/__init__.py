"""Addresses outside the portal: found, asked and judged, only where somebody asks for it."""
