// answers: What belongs to, works for, owns, represents or lies in what?
// parameters:
//   body:
//     means: either side; all if left out
//     type: node
//     default: []
//     example: Port Authority
// columns:
//   source: who or what
//   relation: a relation of the family structure
//   target: to, for or in what
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (source)-[r:REPRESENTS|PART_OF|MEMBER_OF|WORKS_FOR|OWNS|LOCATED_IN|FAMILY_OF]->(target)
WHERE (size($body) = 0 OR source.id IN $body OR target.id IN $body)
  AND coalesce(r.confidence, 1) >= $sure
RETURN source.name AS source, type(r) AS relation, target.name AS target, r.article AS article,
  r.date AS date, r.quote AS quote
ORDER BY target, source, article, r.start, r.id
