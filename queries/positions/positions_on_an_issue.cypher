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
CALL () {
  MATCH (actor)-[r]->(towards:Person|Body|Document|Issue|Place|Outlet)
  WHERE towards.id IN $issue
  RETURN actor, r, towards
  UNION
  MATCH (actor)-[r:
      CRITICISES|ACCUSES|OPPOSES|REJECTS|DENIES|THREATENS|SUES|PROTESTS|ATTACKS|KILLS
      |HARMS|DISMISSES|SANCTIONS|ARRESTS|INVESTIGATES|EXPOSES|DEFEATS|RULES_AGAINST
      |SUPPORTS|PRAISES|AGREES_WITH|COOPERATES_WITH|AIDS|CONSULTS|APPOINTS|YIELDS_TO
      |RULES_FOR|REQUESTS|REQUESTS_CHANGE|LAUNCHES|PROPOSES|PROMISES|AUTHORS|CO_SIGNS
      |SENDS|PUBLISHES|PRODUCES|OBTAINS|REPORTS_ON|FINDS|MOBILISES|REPRESENTS|PART_OF
      |MEMBER_OF|WORKS_FOR|OWNS|LOCATED_IN|FAMILY_OF
    ]->(towards)
  WHERE r.about IN $issue
  RETURN actor, r, towards
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
  MATCH (actor)-[r]->(towards)
  WHERE r.about IN $issue
  RETURN actor, r, towards
}
WITH actor, r, towards, r.voice AS speaker
WHERE NOT type(r) IN ['HOLDS', 'AT', 'SAID', 'IN', 'ABOUT', 'PUBLISHED_BY', 'MENTIONED_IN']
  AND coalesce(r.confidence, 1) >= $sure
OPTIONAL MATCH (voice:Person|Body|Document {id: speaker})
RETURN actor.name AS actor, type(r) AS relation, towards.name AS towards, r.negated AS negated,
  r.modality AS modality, voice.name AS voice, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY actor, article, r.start, r.id
