"""Reading files that people edit by hand: texts of cards, settings of the gemeente, areas."""
