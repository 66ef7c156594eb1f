// answers: Who and what has these letters in a name?
// parameters:
//   letters:
//     means: part of a name or of an alias, in whichever case
//     type: text
//     example: lee
//   limit:
//     means: how many to list
//     type: integer
//     default: 50
//     example: 10
// columns:
//   name: what it is called
//   kind: Person, Body, Document, Issue, Place or Outlet
//   aliases: what else it is called
//   id: its id
//   relations: how many relations and statements it takes part in
MATCH (n)
WHERE (n:Person OR n:Body OR n:Document OR n:Issue OR n:Place OR n:Outlet)
  AND any(name IN [n.name] + coalesce(n.aliases, []) WHERE toLower(name) CONTAINS toLower($letters))
RETURN n.name AS name,
  CASE WHEN n:Person THEN 'Person' WHEN n:Body THEN 'Body' WHEN n:Document THEN 'Document'
    WHEN n:Issue THEN 'Issue' WHEN n:Place THEN 'Place' ELSE 'Outlet' END AS kind,
  coalesce(n.aliases, []) AS aliases, n.id AS id,
  COUNT {
    MATCH (n)-[r]-()
    WHERE NOT type(r) IN ['MENTIONED_IN', 'PUBLISHED_BY'] AND coalesce(r.confidence, 1) >= $sure
  } AS relations
ORDER BY relations DESC, name, id
LIMIT $limit
