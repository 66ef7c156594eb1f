"""What is known, and where it is kept: ontology, readings, identity, the graph and its stores."""
