// answers: What do the articles have from sources that they do not name?
// parameters:
//   outlet:
//     means: whose articles; all if left out
//     type: node
//     default: []
//     example: Harbour Gazette
// columns:
//   source: how the article describes the source
//   content: what the source said
//   outlet: who published it, empty where that is not known
//   article: the article's id
//   date: when it was published
//   place: where in the article it starts, in characters
MATCH (source:Actor)-[:SAID]->(statement:Statement)-[:IN]->(article:Article)
WHERE source.named = false
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Outlet)
WITH source, statement, outlet
WHERE size($outlet) = 0 OR outlet.id IN $outlet
RETURN DISTINCT source.name AS source, statement.content AS content, outlet.name AS outlet,
  statement.article AS article, statement.date AS date, statement.start AS place
ORDER BY article, place, content, source
