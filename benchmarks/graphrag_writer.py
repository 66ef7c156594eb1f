"""neo4j-graphrag's Neo4jWriter on the data of benchmarks/stores.py, for some seconds.

    PYTHON benchmarks/graphrag_writer.py URI USER PASSWORD DATA SECONDS

Run by benchmarks/stores.py in an environment that has neo4j-graphrag. DATA is a pickle of nodes
(id, label, properties) and edges (source, target, type, properties). Prints a line when the nodes
are written, and in the end how many edges it was given to write, and its own processor time.
"""

import asyncio
import pickle
import sys
import time
from itertools import batched
from pathlib import Path

from neo4j import GraphDatabase
from neo4j_graphrag.components.kg_writer import Neo4jWriter
from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship


async def main(uri: str, user: str, password: str, data: str, seconds: str) -> None:
    nodes, edges = pickle.loads(Path(data).read_bytes())
    with GraphDatabase.driver(uri, auth=(user, password)) as driver:
        writer = Neo4jWriter(driver, clean_db=False)
        await _written(
            writer,
            Neo4jGraph(
                nodes=[Neo4jNode(id=node, label=label, properties=it) for node, label, it in nodes]
            ),
        )
        print("the nodes are written", flush=True)
        started, own, written = time.monotonic(), time.process_time(), 0
        for some in batched(edges, 1000):
            chunk = [
                Neo4jRelationship(start_node_id=s, end_node_id=t, type=kind, properties=it)
                for s, t, kind, it in some
            ]
            await _written(writer, Neo4jGraph(relationships=chunk))
            written += len(chunk)
            if time.monotonic() - started > float(seconds):
                break
        print(written, time.process_time() - own)


async def _written(writer: Neo4jWriter, graph: Neo4jGraph) -> None:
    done = await writer.run(graph=graph)
    if done.status != "SUCCESS":
        sys.exit(str(done.metadata))


asyncio.run(main(*sys.argv[1:]))
