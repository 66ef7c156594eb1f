// answers: Who holds a post at a body, belongs to it, or works or speaks for it?
// parameters:
//   body:
//     means: the body
//     type: node
//     example: Port Authority
// columns:
//   person: who
//   tie: the post held, or else MEMBER_OF, WORKS_FOR or REPRESENTS
//   body: the body
//   former: whether the words say it is over
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (body:Body)
WHERE body.id IN $body
CALL (body) {
  MATCH (post:Post)-[:AT]->(body)
  WITH DISTINCT post
  MATCH (person:Person)-[r:HOLDS]->(post)
  RETURN person, post.name AS tie, r
  UNION
  MATCH (person:Person)-[r:MEMBER_OF|WORKS_FOR|REPRESENTS]->(body)
  WHERE coalesce(r.confidence, 1) >= $sure
  RETURN person, type(r) AS tie, r
}
RETURN person.name AS person, tie AS tie, body.name AS body, r.former AS former,
  r.article AS article, r.date AS date, r.quote AS quote
ORDER BY body, person, article, r.start, r.id
