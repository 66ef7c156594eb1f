// answers: Who wrote, signed or co-signed what?
// parameters:
//   document:
//     means: which document; all if left out
//     type: node
//     default: []
//     example: staff letter
// columns:
//   signatory: who put a name to it
//   relation: AUTHORS or CO_SIGNS
//   document: to what
//   negated: whether the words deny it
//   modality: asserted, reported, alleged, intended or conditional
//   article: the article's id
//   date: when it was published
//   quote: the words
MATCH (signatory)-[r:AUTHORS|CO_SIGNS]->(document)
WHERE (size($document) = 0 OR document.id IN $document)
  AND coalesce(r.confidence, 1) >= $sure
RETURN signatory.name AS signatory, type(r) AS relation, document.name AS document,
  r.negated AS negated, r.modality AS modality, r.article AS article, r.date AS date, r.quote AS quote
ORDER BY document, signatory, article, r.start, r.id
