// answers: Which words, of which article, bear out one edge?
// parameters:
//   edge:
//     means: the edge's id, as in an export or in evidence_between
//     type: text
//     example: 0123456789abcdef
// columns:
//   source: where the edge starts
//   relation: its type
//   target: where it ends
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   quote: the words
//   article: the article's id
//   heading: its heading
//   outlet: who published it, empty where that is not known
//   url: where it was published
//   date: when it was published
//   begins: where in the article the words begin, in characters
//   ends: where they end
CALL () {
  MATCH (source)-[r:
      CRITICISES|ACCUSES|OPPOSES|REJECTS|DENIES|THREATENS|SUES|PROTESTS|ATTACKS|KILLS
      |HARMS|DISMISSES|SANCTIONS|ARRESTS|INVESTIGATES|EXPOSES|DEFEATS|RULES_AGAINST
      |SUPPORTS|PRAISES|AGREES_WITH|COOPERATES_WITH|AIDS|CONSULTS|APPOINTS|YIELDS_TO
      |RULES_FOR|REQUESTS|REQUESTS_CHANGE|LAUNCHES|PROPOSES|PROMISES|AUTHORS|CO_SIGNS
      |SENDS|PUBLISHES|PRODUCES|OBTAINS|REPORTS_ON|FINDS|MOBILISES|REPRESENTS|PART_OF
      |MEMBER_OF|WORKS_FOR|OWNS|LOCATED_IN|FAMILY_OF|HOLDS|AT|SAID|IN|ABOUT|PUBLISHED_BY
      |MENTIONED_IN
    ]->(target)
  WHERE r.id = $edge
  RETURN source, r, target
  UNION
  // Edges of an ontology of one's own, which no index covers, are looked for among all.
  MATCH (store:OnrecordStore)
  WHERE any(type IN store.types WHERE NOT type IN [
      'CRITICISES', 'ACCUSES', 'OPPOSES', 'REJECTS', 'DENIES', 'THREATENS', 'SUES', 'PROTESTS',
      'ATTACKS', 'KILLS', 'HARMS', 'DISMISSES', 'SANCTIONS', 'ARRESTS', 'INVESTIGATES', 'EXPOSES',
      'DEFEATS', 'RULES_AGAINST', 'SUPPORTS', 'PRAISES', 'AGREES_WITH', 'COOPERATES_WITH', 'AIDS',
      'CONSULTS', 'APPOINTS', 'YIELDS_TO', 'RULES_FOR', 'REQUESTS', 'REQUESTS_CHANGE', 'LAUNCHES',
      'PROPOSES', 'PROMISES', 'AUTHORS', 'CO_SIGNS', 'SENDS', 'PUBLISHES', 'PRODUCES', 'OBTAINS',
      'REPORTS_ON', 'FINDS', 'MOBILISES', 'REPRESENTS', 'PART_OF', 'MEMBER_OF', 'WORKS_FOR',
      'OWNS', 'LOCATED_IN', 'FAMILY_OF', 'HOLDS', 'AT', 'SAID', 'IN', 'ABOUT', 'PUBLISHED_BY',
      'MENTIONED_IN'
    ])
  WITH DISTINCT store
  MATCH (source)-[r]->(target)
  WHERE r.id = $edge
  RETURN source, r, target
}
WITH source, r, target
WHERE r.quote IS NOT NULL
OPTIONAL MATCH (article:Article {id: 'article:' + r.article})
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Outlet)
RETURN source.name AS source, type(r) AS relation, target.name AS target, r.negated AS negated,
  r.modality AS modality, r.quote AS quote, r.article AS article, article.heading AS heading,
  outlet.name AS outlet, article.url AS url, r.date AS date, r.start AS begins, r.`end` AS ends
ORDER BY source, target
