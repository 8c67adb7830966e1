"""Reading single fields: text, dates, costs, patterns, levels, links, postcodes."""
