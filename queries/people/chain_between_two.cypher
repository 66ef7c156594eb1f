// answers: By which shortest chains of relations are two actors linked?
// parameters:
//   from:
//     means: where the chain starts
//     type: node
//     example: José Álvarez
//   to:
//     means: where it ends
//     type: node
//     example: Harbour Union
//   limit:
//     means: how many chains to list
//     type: integer
//     default: 10
//     example: 10
// columns:
//   steps: how many relations long the chain is, six at most
//   chain: the names along it
//   relations: the relations between them, in whichever direction they run
//   quotes: their words
MATCH (start:Person|Body|Document|Issue|Place|Outlet), (goal:Person|Body|Document|Issue|Place|Outlet)
WHERE start.id IN $from AND goal.id IN $to AND start.id <> goal.id
MATCH path = allShortestPaths((start)-[
    :CRITICISES|ACCUSES|OPPOSES|REJECTS|DENIES|THREATENS|SUES|PROTESTS|ATTACKS|KILLS|HARMS
    |DISMISSES|SANCTIONS|ARRESTS|INVESTIGATES|EXPOSES|DEFEATS|RULES_AGAINST|SUPPORTS|PRAISES
    |AGREES_WITH|COOPERATES_WITH|AIDS|CONSULTS|APPOINTS|YIELDS_TO|RULES_FOR|REQUESTS
    |REQUESTS_CHANGE|LAUNCHES|PROPOSES|PROMISES|AUTHORS|CO_SIGNS|SENDS|PUBLISHES|PRODUCES
    |OBTAINS|REPORTS_ON|FINDS|MOBILISES|REPRESENTS|PART_OF|MEMBER_OF|WORKS_FOR|OWNS
    |LOCATED_IN|FAMILY_OF|HOLDS|AT
    *..6]-(goal))
WHERE all(r IN relationships(path) WHERE coalesce(r.confidence, 1) >= $sure)
RETURN length(path) AS steps, [n IN nodes(path) | n.name] AS chain,
  [r IN relationships(path) | type(r)] AS relations, [r IN relationships(path) | r.quote] AS quotes
ORDER BY steps, start.id, goal.id, chain, relations, quotes
LIMIT $limit
