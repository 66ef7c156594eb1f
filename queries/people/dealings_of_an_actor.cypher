// answers: What does somebody do to others, and others to them?
// parameters:
//   actor:
//     means: whose dealings
//     type: node
//     example: Harbour Union
// columns:
//   source: who does it
//   relation: what
//   target: to whom or what
//   about: what it is about, where the words say so
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (actor:Person|Body|Document|Issue|Place|Outlet)
WHERE actor.id IN $actor
MATCH (actor)-[r]-(other)
WHERE NOT type(r) IN ['HOLDS', 'AT', 'SAID', 'IN', 'ABOUT', 'PUBLISHED_BY', 'MENTIONED_IN']
  AND coalesce(r.confidence, 1) >= $sure
WITH DISTINCT r, startNode(r) AS source, endNode(r) AS target, r.about AS subject
OPTIONAL MATCH (about:Issue|Document|Body|Person|Place {id: subject})
RETURN source.name AS source, type(r) AS relation, target.name AS target, about.name AS about,
  r.negated AS negated, r.modality AS modality, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY article, r.start, r.id
