"""The sites of the demo world, by subject. Each module has its CASES: rows of addresses, answers and expectations."""
