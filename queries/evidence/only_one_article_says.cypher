// answers: Which relations does one article alone tell of?
// parameters:
//   article:
//     means: the article's id; any article if left out
//     type: text
//     default: ""
//     example: gazette
// columns:
//   source: who
//   relation: does what
//   target: to whom or what
//   article: the one article that says so
//   times: how often it does
//   quote: its words, the first by the alphabet where there are several
MATCH (source)-[r]->(target)
WHERE NOT type(r) IN ['HOLDS', 'AT', 'SAID', 'IN', 'ABOUT', 'PUBLISHED_BY', 'MENTIONED_IN']
  AND coalesce(r.confidence, 1) >= $sure
WITH source, type(r) AS relation, target, coalesce(r.negated, false) AS negated,
  count(DISTINCT r.article) AS articles, min(r.article) AS article, count(r) AS times,
  min(r.quote) AS quote
WHERE articles = 1 AND ($article = '' OR article = $article)
RETURN source.name AS source, CASE WHEN negated THEN 'not ' + relation ELSE relation END AS relation,
  target.name AS target, article AS article, times AS times, quote AS quote
ORDER BY article, source, relation, target
