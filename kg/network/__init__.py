"""Networks for networkx: projections of the graph, made by the queries in queries/network, and what an analyst asks of them."""
