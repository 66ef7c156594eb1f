// answers: Who criticises or accuses whom, and in which words?
// parameters:
//   actor:
//     means: the critic or the criticised; everybody if left out
//     type: node
//     default: []
//     example: Ann Lee
// columns:
//   critic: who speaks ill
//   relation: CRITICISES or ACCUSES
//   criticised: of whom or of what
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (critic)-[r:CRITICISES|ACCUSES]->(criticised)
WHERE (size($actor) = 0 OR critic.id IN $actor OR criticised.id IN $actor)
  AND coalesce(r.confidence, 1) >= $sure
RETURN critic.name AS critic, type(r) AS relation, criticised.name AS criticised,
  r.negated AS negated, r.modality AS modality, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY critic, criticised, article, r.start, r.id
