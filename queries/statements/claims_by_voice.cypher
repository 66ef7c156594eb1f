// answers: Which relations does the record have as somebody's claim, and whose?
// parameters:
//   voice:
//     means: whose claims; everybody's if left out
//     type: node
//     default: []
//     example: Tom Okoro
// columns:
//   voice: whose claim it is
//   source: who, by this claim, does it
//   relation: what
//   target: to whom or what
//   negated: whether the claim is that it is not so
//   modality: asserted, reported, alleged, intended or conditional
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (source)-[r]->(target)
WHERE r.voice IS NOT NULL AND (size($voice) = 0 OR r.voice IN $voice)
  AND coalesce(r.confidence, 1) >= $sure
WITH source, r, target, r.voice AS speaker
MATCH (voice:Person|Body|Document {id: speaker})
RETURN voice.name AS voice, source.name AS source, type(r) AS relation, target.name AS target,
  r.negated AS negated, r.modality AS modality, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY voice, article, r.start, r.id
