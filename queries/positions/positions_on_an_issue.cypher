// answers: Who takes which side on an issue, a document or a finding?
// parameters:
//   issue:
//     means: what the positions are on
//     type: node
//     example: night shift plan
// columns:
//   actor: who takes the position
//   relation: what they do about it
//   towards: the issue itself, or the other whom they deal with about it
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   voice: whose claim it is, empty where the article says it itself
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (actor)-[r]->(towards)
WHERE (towards.id IN $issue OR r.about IN $issue)
  AND NOT type(r) IN ['HOLDS', 'AT', 'SAID', 'IN', 'ABOUT', 'PUBLISHED_BY', 'MENTIONED_IN']
WITH actor, r, towards, r.voice AS speaker
OPTIONAL MATCH (voice:Person|Body|Document {id: speaker})
RETURN actor.name AS actor, type(r) AS relation, towards.name AS towards, r.negated AS negated,
  r.modality AS modality, voice.name AS voice, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY actor, article, r.start, r.id
