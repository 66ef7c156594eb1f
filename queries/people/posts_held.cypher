// answers: Who holds, or held, which post at which body?
// parameters:
//   person:
//     means: who; everybody if left out
//     type: node
//     default: []
//     example: Tom Okoro
// columns:
//   person: who holds the post
//   post: what it is called
//   body: where it is, empty where the words do not say
//   former: whether the words say it is over
//   since: from when, a year, a month or a day, as precisely as the words say it
//   until: to when
//   at: a time at which it was held
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (post:Post)
OPTIONAL MATCH (post)-[:AT]->(body)
WITH DISTINCT post, body
MATCH (person:Person)-[r:HOLDS]->(post)
WHERE size($person) = 0 OR person.id IN $person
RETURN DISTINCT person.name AS person, post.name AS post, body.name AS body, r.former AS former,
  r.since AS since, r.until AS until, r.at AS at,
  r.article AS article, r.date AS date, r.quote AS quote
ORDER BY person, article, post, quote
