# shellcheck shell=bash
# Builds and runs a terminal program of device-drivers alone. Sourced after machine.sh; KIMPPA_HOME is the top folder.

DEVICE_JAR="$KIMPPA_HOME/device-drivers/target/device-drivers.jar"
DEVICE_LIBRARIES="$KIMPPA_HOME/device-drivers/target/classpath"

# The jar is newer than every source it is made of.
device_tool_built() {
  [ -e "$DEVICE_LIBRARIES" ] && [ -e "$DEVICE_JAR" ] \
    && [ -z "$(find "$KIMPPA_HOME/pom.xml" "$KIMPPA_HOME/device-drivers/pom.xml" \
      "$KIMPPA_HOME/device-drivers/src/main" -newer "$DEVICE_JAR" -print -quit)" ]
}

# run_device_tool CLASS ARGUMENT...: what is said while building goes to standard error; standard output is the program's.
run_device_tool() {
  need_utf8
  find_jdk
  if ! device_tool_built; then
    need_maven
    say "Building the device programs; the first time this downloads their libraries ..." >&2
    maven --quiet package --projects device-drivers \
      -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true >&2 \
      || die "The build failed; the lines above say where."
    touch "$DEVICE_JAR"
  fi
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -Djava.awt.headless=true \
    -Dslf4j.internal.verbosity=ERROR --enable-native-access=ALL-UNNAMED \
    -cp "$DEVICE_JAR:$(cat "$DEVICE_LIBRARIES")" "$@"
}
