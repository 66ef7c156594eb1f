// answers: Which words, of which article, bear out one edge?
// parameters:
//   edge:
//     means: the edge's id, as in an export or in evidence_between
//     type: text
//     example: 0123456789abcdef
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
//   url: where it was published
//   date: when it was published
//   begins: where in the article the words begin, in characters
//   ends: where they end
MATCH (source)-[r]->(target)
WHERE r.id = $edge AND r.quote IS NOT NULL AND coalesce(r.confidence, 1) >= $sure
OPTIONAL MATCH (article:Article {id: 'article:' + r.article})
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Outlet)
RETURN source.name AS source, type(r) AS relation, target.name AS target, r.negated AS negated,
  r.modality AS modality, r.quote AS quote, r.article AS article, article.heading AS heading,
  outlet.name AS outlet, article.url AS url, r.date AS date, r.start AS begins, r.`end` AS ends
ORDER BY source, target
