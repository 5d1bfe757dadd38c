// Reads Turtle, or JSON-LD, and writes what it says as a list of [subject, predicate, object, language, datatype]. The
// arguments are the folder of the packages n3 and jsonld, and the media type.
const modules = process.argv[2] + '/';
const text = require('fs').readFileSync(0, 'utf8');

async function read() {
  if (process.argv[3] === 'text/turtle') {
    const { Parser } = require(modules + 'n3');
    return new Parser({ format: 'text/turtle' }).parse(text);
  }
  const documentLoader = (url) => { throw new Error('the document makes its reader load ' + url); };
  return require(modules + 'jsonld').toRDF(JSON.parse(text), { documentLoader });
}

read().then((quads) => process.stdout.write(JSON.stringify(quads.map(({ subject, predicate, object }) => [
  subject.value, predicate.value, object.value, object.language || '', object.datatype ? object.datatype.value : '',
]))));
