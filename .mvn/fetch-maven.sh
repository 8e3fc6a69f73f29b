# Gets the Maven that mvnw wants from a Maven that is installed. Sourced by ../mvnw before it downloads anything; POSIX sh.
#
# An installed Maven knows the mirrors and proxies of its settings.xml, a bare download does not. Whatever fails here
# is left to mvnw's own download. Reads MAVEN_HOME, distributionUrlNameMain and distributionSha256Sum of mvnw.

bezoar_fetch_maven() {
  command -v mvn >/dev/null || return 1
  bezoar_version=${distributionUrlNameMain#apache-maven-}
  (
    unset MAVEN_HOME M2_HOME MAVEN_PROJECTBASEDIR
    cd "$1" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
      "-Dartifact=org.apache.maven:apache-maven:$bezoar_version:zip:bin" "-DoutputDirectory=$1"
  ) >/dev/null 2>&1 || return 1
  bezoar_zip=$1/$distributionUrlNameMain-bin.zip
  if [ -n "${distributionSha256Sum-}" ]; then
    if command -v sha256sum >/dev/null; then
      bezoar_sum=$(sha256sum "$bezoar_zip")
    else
      bezoar_sum=$(shasum -a 256 "$bezoar_zip")
    fi || return 1
    [ "${bezoar_sum%% *}" = "$distributionSha256Sum" ] || return 1
  fi
  (cd "$1" && "$JAVA_HOME/bin/jar" xf "$bezoar_zip" && chmod +x "$distributionUrlNameMain/bin/mvn") || return 1
  mkdir -p "${MAVEN_HOME%/*}"
  # Another start may have been faster: then its copy serves.
  mv "$1/$distributionUrlNameMain" "$MAVEN_HOME" 2>/dev/null || [ -d "$MAVEN_HOME" ]
}

if bezoar_tmp=$(mktemp -d); then
  bezoar_fetch_maven "$bezoar_tmp" || :
  rm -rf "$bezoar_tmp"
fi
