// answers: Who said what about somebody or something?
// parameters:
//   topic:
//     means: whom or what it is about
//     type: node
//     example: night shift plan
// columns:
//   speaker: who said it, empty where the article does not say
//   content: what was said
//   form: direct, indirect or mixed
//   about: the topic
//   article: the article's id
//   date: when it was published
//   place: where in the article it starts, in characters
MATCH (topic:Person|Body|Document|Issue|Place|Outlet)
WHERE topic.id IN $topic
MATCH (statement:Statement)-[:ABOUT]->(topic)
OPTIONAL MATCH (speaker)-[:SAID]->(statement)
RETURN DISTINCT speaker.name AS speaker, statement.content AS content, statement.category AS form,
  topic.name AS about, statement.article AS article, statement.date AS date, statement.start AS place
ORDER BY article, place, speaker, about
