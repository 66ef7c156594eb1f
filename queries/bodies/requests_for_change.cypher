// answers: Who asks whom for a rule or law to be changed, and which?
// parameters:
//   actor:
//     means: who asks or is asked; everybody if left out
//     type: node
//     default: []
//     example: Ministry of Ports
// columns:
//   asker: who asks
//   asked: of whom, or for what
//   about: the rule or law, where it is told apart
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (asker)-[r:REQUESTS_CHANGE]->(asked)
WHERE (size($actor) = 0 OR asker.id IN $actor OR asked.id IN $actor)
  AND coalesce(r.confidence, 1) >= $sure
WITH asker, r, asked, r.about AS subject
OPTIONAL MATCH (about:Issue|Document|Body|Person|Place {id: subject})
RETURN asker.name AS asker, asked.name AS asked, about.name AS about, r.negated AS negated,
  r.modality AS modality, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY asker, asked, article, r.start, r.id
