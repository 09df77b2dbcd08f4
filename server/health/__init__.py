"""Whether the installation is well, and for whom that is told."""
