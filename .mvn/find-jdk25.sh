# Finds a JDK 25 and exports it as JAVA_HOME, and a locale that it can name every file in. Sourced by ../mvnw and ../bezoar;
# POSIX sh.
#
# The first that fits wins: BEZOAR_JAVA (a JDK's folder or its bin/java; a wrong one is an error, not a hint), JAVA_HOME,
# the java on PATH, then the places where installers put JDKs. The version is read from the JDK's `release` file, so
# looking costs no JVM start.

# bezoar_jdk_version FOLDER: sets bezoar_jdk to the version of the JDK there, or to nothing.
bezoar_jdk_version() {
  bezoar_jdk=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    while IFS='=' read -r bezoar_key bezoar_value || [ -n "$bezoar_key" ]; do
      if [ "$bezoar_key" = JAVA_VERSION ]; then
        bezoar_jdk=${bezoar_value#\"}
        bezoar_jdk=${bezoar_jdk%%\"*}
        return 0
      fi
    done <"$1/release"
  fi
  bezoar_jdk=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
}

# bezoar_jdk_is_25 FOLDER
bezoar_jdk_is_25() {
  bezoar_jdk_version "$1"
  case $bezoar_jdk in
  25 | 25[.+-]*) ;;
  *) return 1 ;;
  esac
  JAVA_HOME=$1
  export JAVA_HOME
}

bezoar_find_jdk25() {
  if [ -n "${BEZOAR_JAVA-}" ]; then
    bezoar_jdk_is_25 "${BEZOAR_JAVA%/bin/java}" && return 0
    echo "bezoar: BEZOAR_JAVA must name a JDK 25, but $BEZOAR_JAVA is ${bezoar_jdk:+JDK }${bezoar_jdk:-no JDK}; correct it or unset it." >&2
    return 1
  fi
  if [ -n "${JAVA_HOME-}" ] && bezoar_jdk_is_25 "$JAVA_HOME"; then return 0; fi
  if bezoar_java=$(command -v java) && bezoar_java=$(readlink -f "$bezoar_java" 2>/dev/null); then
    if bezoar_jdk_is_25 "${bezoar_java%/bin/java}"; then return 0; fi
  fi
  for bezoar_folder in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/*; do
    if bezoar_jdk_is_25 "$bezoar_folder"; then return 0; fi
  done
  echo "bezoar: Bezoar needs a JDK 25 and found none; install one (Eclipse Temurin 25, for example) or set BEZOAR_JAVA to its folder." >&2
  return 1
}

bezoar_find_jdk25 || exit 2

# In the C locale, which containers have where nobody set one, a JVM cannot name a file outside ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
C | POSIX)
  LC_ALL=C.UTF-8
  export LC_ALL
  ;;
esac
