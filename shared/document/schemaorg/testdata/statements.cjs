// Reads JSON-LD and writes what it says as a list of [subject, predicate, object]; subjects without an address are told apart by
// their number, as _:b0. The argument is the folder of the package jsonld.
const documentLoader = (url) => { throw new Error('the document makes its reader load ' + url); };
const named = ({ termType, value }) => (termType === 'BlankNode' ? '_:' + value.replace('_:', '') : value);
require(process.argv[2] + '/jsonld').toRDF(JSON.parse(require('fs').readFileSync(0, 'utf8')), { documentLoader }).then((quads) =>
  process.stdout.write(JSON.stringify(quads.map(({ subject, predicate, object }) => [named(subject), named(predicate), named(object)]))));
