// answers: Which issues and documents, but for bare nouns, are most disputed?
// parameters:
//   limit:
//     means: how many to list
//     type: integer
//     default: 20
//     example: 5
// columns:
//   subject: what is disputed
//   kind: Issue or Document
//   against: how many actors criticise, oppose, reject or otherwise fight it
//   in_favour: how many support, praise or propose it
//   articles: in how many articles
MATCH (actor)-[r:CRITICISES|ACCUSES|OPPOSES|REJECTS|DENIES|PROTESTS|SUES|SUPPORTS|PRAISES|AGREES_WITH|PROPOSES|LAUNCHES|PROMISES]->(subject)
WHERE (subject:Issue OR subject:Document) AND NOT coalesce(r.negated, false)
  AND (coalesce(subject.named, true) OR subject.name CONTAINS ' ')
  AND coalesce(r.confidence, 1) >= $sure
WITH subject, actor, r,
  type(r) IN ['SUPPORTS', 'PRAISES', 'AGREES_WITH', 'PROPOSES', 'LAUNCHES', 'PROMISES'] AS favours
RETURN subject.name AS subject, CASE WHEN subject:Issue THEN 'Issue' ELSE 'Document' END AS kind,
  count(DISTINCT CASE WHEN NOT favours THEN actor.id END) AS against,
  count(DISTINCT CASE WHEN favours THEN actor.id END) AS in_favour,
  count(DISTINCT r.article) AS articles
ORDER BY against DESC, in_favour DESC, subject, kind
LIMIT $limit
