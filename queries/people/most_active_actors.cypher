// answers: Which people and bodies do and say most?
// parameters:
//   limit:
//     means: how many to list
//     type: integer
//     default: 20
//     example: 5
// columns:
//   actor: who
//   kind: Person or Body
//   deeds: how many relations start from them
//   statements: how many statements are theirs
//   articles: in how many articles
MATCH (actor:Actor)-[r]->(other)
WHERE NOT type(r) IN ['MENTIONED_IN', 'HOLDS', 'AT'] AND coalesce(r.confidence, 1) >= $sure
RETURN actor.name AS actor, CASE WHEN actor:Person THEN 'Person' ELSE 'Body' END AS kind,
  sum(CASE type(r) WHEN 'SAID' THEN 0 ELSE 1 END) AS deeds,
  sum(CASE type(r) WHEN 'SAID' THEN 1 ELSE 0 END) AS statements,
  count(DISTINCT r.article) AS articles
ORDER BY deeds + statements DESC, articles DESC, actor, kind
LIMIT $limit
