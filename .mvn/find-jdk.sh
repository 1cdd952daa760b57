# Sourced: sets and exports JAVA_HOME to a JDK 25 or newer, from JAVA_HOME, T1_JAVA_HOME or the usual folders.
t1_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}
t1_jdk_fits() {
  t1_found=$(t1_jdk_version "$1" || true)
  [ -n "$t1_found" ] && [ "$t1_found" -ge 25 ]
}
t1_find_jdk() {
  for t1_jdk in "${T1_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk*25* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$t1_jdk" ] && t1_jdk_fits "$t1_jdk"; then
      JAVA_HOME=$t1_jdk
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}
if ! t1_find_jdk; then
  echo "t1: no JDK 25 found in T1_JAVA_HOME, JAVA_HOME (${JAVA_HOME:-not set}), /usr/lib/jvm, /opt, ~/.sdkman or ~/.jdks." >&2
  echo "    Install a JDK 25 (for example Temurin) or point JAVA_HOME at one." >&2
  exit 2
fi
