"""`investigator case …`: every act of an investigation, from the opening to the signatures."""
