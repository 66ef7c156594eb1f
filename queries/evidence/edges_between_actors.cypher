// answers: Which relations run between people and bodies, and do their words bear them out?
// parameters:
//   article:
//     means: the article's id; any article if left out
//     type: text
//     default: ""
//     example: gazette
// columns:
//   article: the article's id
//   source: who
//   relation: does what
//   target: to whom
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   voice: whose claim it is, empty where the article says it itself
//   quote: the words
//   id: the edge's id
MATCH (source:Actor)-[r]->(target:Actor)
WHERE ($article = '' OR r.article = $article) AND coalesce(r.confidence, 1) >= $sure
WITH source, r, target, r.voice AS speaker
OPTIONAL MATCH (voice:Person|Body|Document {id: speaker})
RETURN r.article AS article, source.name AS source, type(r) AS relation, target.name AS target,
  r.negated AS negated, r.modality AS modality, voice.name AS voice, r.quote AS quote, r.id AS id
ORDER BY article, r.start, id
