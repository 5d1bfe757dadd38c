// Reads vCards and writes the properties of each as a list of [name, parameters, value]. The argument is the folder of the package
// ical.js, which knows the grammar of RFC 6350.
const ICAL = require(process.argv[2] + '/ical.js/dist/ical.es5.cjs');
const read = ICAL.parse(require('fs').readFileSync(0, 'utf8'));
const cards = typeof read[0] === 'string' ? [read] : read;
process.stdout.write(JSON.stringify(cards.map(([, properties]) => properties.map(([name, parameters, , value]) => [name, parameters, value]))));
