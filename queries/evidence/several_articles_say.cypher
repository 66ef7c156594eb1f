// answers: Which relations do several articles tell of?
// parameters:
//   least:
//     means: by how many articles at least
//     type: integer
//     default: 2
//     example: 2
// columns:
//   source: who
//   relation: does what
//   target: to whom or what
//   articles: how many articles say so
//   times: how often they do
//   first: the day of the first that has a date
//   last: the day of the last
MATCH (source)-[r]->(target)
WHERE NOT type(r) IN ['HOLDS', 'AT', 'SAID', 'IN', 'ABOUT', 'PUBLISHED_BY', 'MENTIONED_IN']
  AND coalesce(r.confidence, 1) >= $sure
WITH source, type(r) AS relation, target, coalesce(r.negated, false) AS negated,
  count(DISTINCT r.article) AS articles, count(r) AS times, min(r.date) AS first, max(r.date) AS last
WHERE articles >= $least
RETURN source.name AS source, CASE WHEN negated THEN 'not ' + relation ELSE relation END AS relation,
  target.name AS target, articles AS articles, times AS times, first AS first, last AS last
ORDER BY articles DESC, times DESC, source, relation, target
