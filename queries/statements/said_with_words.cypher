// answers: Which statements have these words in them?
// parameters:
//   words:
//     means: part of what was said, in whichever case
//     type: text
//     example: reckless
// columns:
//   speaker: who said it, empty where the article does not say
//   content: what was said
//   form: direct, indirect or mixed
//   article: the article's id
//   date: when it was published
//   place: where in the article it starts, in characters
MATCH (statement:Statement)
WHERE toLower(statement.content) CONTAINS toLower($words)
OPTIONAL MATCH (speaker)-[:SAID]->(statement)
RETURN DISTINCT speaker.name AS speaker, statement.content AS content, statement.category AS form,
  statement.article AS article, statement.date AS date, statement.start AS place
ORDER BY article, place, content, speaker
