// answers: Who supports, praises, helps or works with whom or what?
// parameters:
//   actor:
//     means: either side; everybody if left out
//     type: node
//     default: []
//     example: José Álvarez
// columns:
//   actor: who stands with the other
//   relation: a relation of the family cooperation
//   other: whom or what they stand with
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (actor)-[r:SUPPORTS|PRAISES|AGREES_WITH|COOPERATES_WITH|AIDS|CONSULTS|APPOINTS|YIELDS_TO|RULES_FOR]->(other)
WHERE (size($actor) = 0 OR actor.id IN $actor OR other.id IN $actor)
  AND coalesce(r.confidence, 1) >= $sure
RETURN actor.name AS actor, type(r) AS relation, other.name AS other, r.negated AS negated,
  r.modality AS modality, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY actor, other, article, r.start, r.id
