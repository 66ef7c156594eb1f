// answers: What did somebody say?
// parameters:
//   speaker:
//     means: who said it
//     type: node
//     example: Tom Okoro
// columns:
//   speaker: who said it
//   cue: the words that attribute it
//   content: what was said
//   form: direct, indirect or mixed
//   article: the article's id
//   date: when it was published
//   place: where in the article it starts, in characters
MATCH (speaker:Person|Body|Document|Issue|Place|Outlet)
WHERE speaker.id IN $speaker
MATCH (speaker)-[:SAID]->(statement:Statement)
RETURN DISTINCT speaker.name AS speaker, statement.cue AS cue, statement.content AS content,
  statement.category AS form, statement.article AS article, statement.date AS date,
  statement.start AS place
ORDER BY article, place, content, speaker
