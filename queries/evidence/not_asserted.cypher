// answers: What is denied, alleged, intended or only reported, not said to be so?
// parameters:
//   actor:
//     means: either end; everybody if left out
//     type: node
//     default: []
//     example: Ann Lee
// columns:
//   source: who
//   relation: does what
//   target: to whom or what
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (source)-[r]->(target)
WHERE (r.negated OR r.modality <> 'asserted')
  AND (size($actor) = 0 OR source.id IN $actor OR target.id IN $actor)
  AND coalesce(r.confidence, 1) >= $sure
RETURN source.name AS source, type(r) AS relation, target.name AS target, r.negated AS negated,
  r.modality AS modality, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY article, r.start, r.id
