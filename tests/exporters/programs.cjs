// Opens an export with a library that pages use and prints what it found: node programs.cjs graphml|gexf|graphology|cytoscape FILE
const fs = require("fs");
const [, , kind, file] = process.argv;
const text = fs.readFileSync(file, "utf8");

function ofGraphology(graph) {
  return {
    directed: graph.type === "directed",
    nodes: graph.mapNodes((id, data) => ({ id, ...data })),
    edges: graph.mapEdges((id, data, source, target) => ({ ...data, id: data.id ?? id, source, target })),
  };
}

function read() {
  if (kind === "cytoscape") {
    const { elements, style } = JSON.parse(text);
    const cy = require("cytoscape")({ headless: true, styleEnabled: true, elements, style, layout: { name: "preset" } });
    return {
      directed: cy.edges().length > 0 && cy.edges()[0].style("target-arrow-shape") === "triangle",
      nodes: cy.nodes().map((node) => ({ ...node.data(), drawn: node.style("label"), at: node.position() })),
      edges: cy.edges().map((edge) => ({ ...edge.data(), drawn: edge.style("line-style") })),
    };
  }
  const { MultiGraph, MultiDirectedGraph, MultiUndirectedGraph } = require("graphology");
  if (kind === "graphology") {
    const data = JSON.parse(text);
    const Kind = data.options.type === "directed" ? MultiDirectedGraph : MultiUndirectedGraph;
    return ofGraphology(Kind.from(data));
  }
  const parser = require(`graphology-${kind}`);
  const Kind = /"undirected"/.test(text) ? MultiUndirectedGraph : MultiDirectedGraph;
  return ofGraphology(parser.parse(Kind, text, { addMissingNodes: false }));
}

fs.writeSync(1, JSON.stringify(read()));
// Cytoscape waits for frames to draw.
process.exit(0);
