// answers: Which articles are on the record, by outlet, and how much do they say?
// parameters:
//   outlet:
//     means: whose articles; all if left out
//     type: node
//     default: []
//     example: Harbour Gazette
// columns:
//   outlet: who published it, empty where that is not known
//   date: when
//   heading: its heading, or else its id
//   article: its id
//   statements: how many statements it has
//   nodes: how many people, bodies, documents, issues and places it speaks of
//   url: where it was published
MATCH (article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Outlet)
WITH article, outlet, substring(article.id, size('article:')) AS id
WHERE size($outlet) = 0 OR outlet.id IN $outlet
RETURN outlet.name AS outlet, article.published AS date, article.name AS heading, id AS article,
  COUNT { (:Statement)-[:IN]->(article) } AS statements,
  COUNT { ()-[:MENTIONED_IN]->(article) } AS nodes, article.url AS url
ORDER BY outlet, date, heading, id
