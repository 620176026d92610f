#!/bin/bash
# run.sh REPORT CLASSES TESTS [java options]: judges PIT's mutants of the classes (simple names, with commas; classes inside them too)
# by the test classes (simple names, the quick ones first). The tree must be compiled: mvn -Ppit test-compile.
# docs/decisions/mutation-smime.md says why PIT's own loop is not used here.
set -e
cd "$(dirname "$0")/../../.."
report=$1 classes=$2 tests=$3
shift 3
if [ ! -f target/mutants.cp ] || [ pom.xml -nt target/mutants.cp ]; then
  mvn -B -q -o -Ppit dependency:build-classpath -Dmdep.outputFile=target/mutants.cp -Dmdep.includeScope=test
fi
own=target/mutants
if [ ! -f $own.jar ] || [ src/test/mutants/Mutants.java -nt $own.jar ] || [ src/test/mutants/Lines.java -nt $own.jar ]; then
  rm -rf $own && mkdir -p $own/META-INF/services
  javac -nowarn -d $own -cp "$(cat target/mutants.cp)" src/test/mutants/*.java
  echo 'Mutants$FirstFailure' > $own/META-INF/services/org.junit.jupiter.api.extension.Extension
  printf 'Premain-Class: Mutants\nCan-Redefine-Classes: true\n' > $own.mf
  jar cfm $own.jar $own.mf -C $own .
fi
exec java -javaagent:$own.jar -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8 -Duser.timezone=UTC -Dproject.basedir=. "$@" \
  -cp "$own.jar:target/test-classes:target/classes:$(cat target/mutants.cp)" Mutants "$report" "$classes" "$tests"
