// answers: Which words bear out what is between two nodes, in either direction?
// parameters:
//   one:
//     means: one end
//     type: node
//     example: Harbour Union
//   other:
//     means: the other end
//     type: node
//     example: Ann Lee
//   relation:
//     means: the relation; any if left out
//     type: text
//     default: ""
//     example: ACCUSES
// columns:
//   source: where the edge starts
//   relation: its type
//   target: where it ends
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   quote: the words
//   article: the article's id
//   heading: its heading
//   outlet: who published it, empty where that is not known
//   date: when it was published
//   begins: where in the article the words begin, in characters
//   ends: where they end
//   id: the edge's id
MATCH (one:Person|Body|Document|Issue|Place|Outlet)
WHERE one.id IN $one
MATCH (one)-[r]-(other)
WHERE other.id IN $other AND r.quote IS NOT NULL AND ($relation = '' OR type(r) = $relation)
  AND coalesce(r.confidence, 1) >= $sure
WITH DISTINCT r, startNode(r) AS source, endNode(r) AS target
OPTIONAL MATCH (article:Article {id: 'article:' + r.article})
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Outlet)
RETURN source.name AS source, type(r) AS relation, target.name AS target, r.negated AS negated,
  r.modality AS modality, r.quote AS quote, r.article AS article, article.heading AS heading,
  outlet.name AS outlet, r.date AS date, r.start AS begins, r.`end` AS ends, r.id AS id
ORDER BY article, begins, id
