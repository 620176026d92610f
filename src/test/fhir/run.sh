#!/usr/bin/env bash
# Validates what `wotpoort consent export` writes with three validators of others, by hand: HAPI FHIR (Maven Central), and, where
# npm is there, the package "fhir" and HL7's own JSON schema.
#
#   src/test/fhir/run.sh [FILE.ndjson]     without a file: src/test/resources/fhir/export.ndjson, which ConsentTest compares
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
resources=$(cd "$here/../resources/fhir" && pwd)
file=$(realpath "${1:-$resources/export.ndjson}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mvn -B -q -f "$here/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile="$work/cp"
java -cp "$(cat "$work/cp")" "$here/Validate.java" "$file" "$resources/pcf-intermediate.json" 2>/dev/null
if command -v npm >/dev/null; then
  cd "$work"
  npm install --silent --no-fund --no-audit fhir@4.12.0 @asymmetrik/fhir-json-schema-validator@0.9.8 >/dev/null
  cp "$here/validate.js" .
  node validate.js "$file"
fi
