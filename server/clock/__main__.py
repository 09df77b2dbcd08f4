"""``python -m server.clock`` is the clock process."""

from server.clock.process import main
from server.db import keep_few_pages

keep_few_pages()
main()
