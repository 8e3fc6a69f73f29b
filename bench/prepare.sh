# Sourced by the commands of this folder: builds Bezoar if its sources changed, compiles the measurements beside it.
# Sets home, JAVA_HOME and classpath.
home=$(cd -P "$(dirname "$0")/.." && pwd) || exit 3
. "$home/.mvn/find-jdk25.sh"
"$home/bezoar" --version >/dev/null || exit $?

# Not by Maven: that would pack the application's jar again and so spoil the cache its launcher starts from.
classes=$home/bench/target/measurements
classpath=$classes:$home/app/target/bezoar/bezoar.jar:$home/app/target/bezoar/lib/*
sources=$(find "$home/bench/src/main/java" -name '*.java' ! -name package-info.java)
# shellcheck disable=SC2086 # one word a file
if [ ! -f "$classes/built" ] || [ -n "$(find $sources "$home/app/target/bezoar/built" -newer "$classes/built" | head -n 1)" ]; then
  mkdir -p "$classes" && "$JAVA_HOME/bin/javac" -proc:none -nowarn -d "$classes" -cp "$classpath" $sources && touch "$classes/built" || exit 3
fi
