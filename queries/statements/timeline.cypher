// answers: What was reported when, in the order of publication?
// parameters:
//   actor:
//     means: who takes part in it; everybody if left out
//     type: node
//     default: []
//     example: Harbour Union
//   since:
//     means: the first day; from the beginning if left out
//     type: date
//     default: null
//     example: 2025-03-01
//   until:
//     means: the last day; to the end if left out
//     type: date
//     default: null
//     example: 2025-03-31
// columns:
//   date: when it was published; what has no date is left out
//   source: who
//   relation: does or says what
//   target: to whom or what; of a statement, how it begins
//   negated: whether the words deny it
//   article: the article's id
//   quote: the words
MATCH (source)-[r]->(target)
WHERE r.date IS NOT NULL
  AND NOT type(r) IN ['HOLDS', 'AT', 'IN', 'ABOUT', 'PUBLISHED_BY', 'MENTIONED_IN']
  AND coalesce(r.confidence, 1) >= $sure
  AND (size($actor) = 0 OR source.id IN $actor OR target.id IN $actor)
  AND ($since IS NULL OR r.date >= $since) AND ($until IS NULL OR r.date <= $until)
RETURN r.date AS date, source.name AS source, type(r) AS relation, target.name AS target,
  r.negated AS negated, r.article AS article, r.quote AS quote
ORDER BY date, article, r.start, r.id
