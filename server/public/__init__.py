"""Cards for who has no app and no invitation: pages, a frame for other sites, and paper."""
