"""``python -m server.clock`` is the clock process."""

from server.clock.process import main

main()
