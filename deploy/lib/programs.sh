# shellcheck shell=bash
# Builds the programs when their sources have changed, and writes down how each is started.
# Sourced after machine.sh; KIMPPA_HOME is the top folder.
#
# Every module's build leaves target/<module>.jar and target/classpath (the maven-dependency-plugin's
# execution class-path). From them come two java argument files under deploy/target/programs:
#
#   gateway.args   sip2-gateway alone: no JavaFX, no devices
#   kiosk.args     kiosk-app: kiosk, door terminal and desk; JavaFX as modules, the rest on the class path
#
# A program is started as: java [more options] @deploy/target/programs/kiosk.args <main class> [arguments]

PROGRAMS="$KIMPPA_HOME/deploy/target/programs"
MODULES=(sip2-protocol device-drivers sip2-gateway kiosk-app deploy)

# The time of the stamp is the start of the last good build. Folders count as well: their time tells of removed files.
built() {
  local stamp="$PROGRAMS/built" module
  [ -e "$stamp" ] || return
  for module in "${MODULES[@]}"; do
    [ -e "$KIMPPA_HOME/$module/target/classpath" ] || return
    [ -z "$(find "$KIMPPA_HOME/$module/pom.xml" "$KIMPPA_HOME/$module/src/main" \
      -newer "$stamp" -print -quit 2>/dev/null)" ] || return
  done
  [ -z "$(find "$KIMPPA_HOME/pom.xml" -newer "$stamp")" ]
}

# build COMMAND...: runs the command, which has to leave all jars, and remembers when it began.
build() {
  mkdir -p "$PROGRAMS"
  touch "$PROGRAMS/building"
  "$@" || return
  mv "$PROGRAMS/building" "$PROGRAMS/built"
}

build_if_changed() {
  built && return
  say "Building Kimppa; the first time this downloads its libraries ..."
  # Whoever wants to see the house is not kept by its tests and checks; deploy/verify runs them.
  build maven --quiet package -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true \
    || die "The build failed; the lines above say where."
}

# class_path MODULE: its own jar and all that it runs on.
class_path() {
  printf '%s:%s' "$KIMPPA_HOME/$1/target/$1.jar" "$(cat "$KIMPPA_HOME/$1/target/classpath")"
}

# quoted TEXT: one word of a java argument file, whatever characters the path to it has.
quoted() {
  local text=${1//\\/\\\\}
  printf '"%s"\n' "${text//\"/\\\"}"
}

# Writes down how each program is started. Several may do this at once: one works and the others wait, and whoever starts a program
# meanwhile finds its whole file, not one that is being written.
prepare_programs() {
  mkdir -p "$PROGRAMS"
  (
    flock 9
    gateway_arguments | becomes "$PROGRAMS/gateway-training.args"
    prepare_gateway_cache
    write_kiosk_arguments
  ) 9>"$PROGRAMS/lock"
}

# becomes FILE: what is read here becomes the whole of it at once.
becomes() {
  cat >"$1.new"
  mv "$1.new" "$1"
}

gateway_arguments() {
  # A gateway is small and has two cores; the serial collector and a fixed ceiling start fastest. 100 machines at work
  # need 50 MB of heap, 10,000 idle ones 105: 128 MB are for what stays, the rest is for what is new. The compiler's
  # memory goes back to the system when it has done its work.
  printf '%s\n' -XX:+UseSerialGC -Xms64m -Xmx168m -XX:MaxNewSize=40m -XX:TrimNativeHeapInterval=30000 \
    --enable-native-access=ALL-UNNAMED -cp
  quoted "$(class_path sip2-gateway)"
}

write_kiosk_arguments() {
  local entry entries class_path=() module_path=()
  IFS=: read -r -a entries <<<"$(class_path kiosk-app)"
  for entry in "${entries[@]}"; do
    case "$entry" in
      # Only the jars named after a platform hold anything.
      */org/openjfx/*-linux.jar | */org/openjfx/*-linux-aarch64.jar) module_path+=("$entry") ;;
      */org/openjfx/*) ;;
      *) class_path+=("$entry") ;;
    esac
  done
  {
    printf '%s\n' -XX:+UseSerialGC -Xmx512m --enable-native-access=javafx.graphics,ALL-UNNAMED \
      --add-modules javafx.controls,javafx.swing --module-path
    quoted "$(IFS=: && printf '%s' "${module_path[*]}")"
    printf '%s\n' -cp
    quoted "$(IFS=: && printf '%s' "${class_path[*]}")"
  } | becomes "$PROGRAMS/kiosk.args"
}

# The gateway's ahead-of-time cache (JDK 25, JEP 514): the classes it loads, already parsed and linked. On two busy
# cores the gateway with its own PostgreSQL starts in 2 s with it, in 10 to 13 s without.
#
# How it is made: a training run with -XX:AOTCacheOutput starts the gateway with a throw-away data directory;
# -Dspring.context.exit=onRefresh ends it when all beans stand but no port is open yet, so it disturbs no gateway that
# is running. That end is a halt without shutdown hooks, so the PostgreSQL it started is stopped here, by its pid file.
#
# When it is valid: the virtual machine compares the class path, and the size and time of every jar on it, and goes on
# without the cache when one differs. So the cache is kept beside a key of just these, and made anew when the key differs.
GATEWAY_MAIN=fi.kimppa.gateway.GatewayApplication

aot_key() {
  local jars
  IFS=: read -r -a jars <<<"$(class_path sip2-gateway)"
  { cat "$JAVA_HOME/release" "$PROGRAMS/gateway-training.args" && stat -c '%n %s %Y' "${jars[@]}"; } | sha256sum
}

# Without a cache the gateway starts all the same, only later: failing to make one is no reason to stop.
prepare_gateway_cache() {
  local cache="$PROGRAMS/gateway.aot" scratch pid_file key
  key=$(aot_key)
  if [ ! -e "$cache" ] || [ "$(cat "$cache.key" 2>/dev/null)" != "$key" ]; then
    say "Preparing the gateway's fast start, once for each build ..."
    rm -f "$cache" "$cache.key"
    scratch="$PROGRAMS/training"
    rm -rf "$scratch"
    mkdir "$scratch"
    "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$cache" -Dspring.context.exit=onRefresh "@$PROGRAMS/gateway-training.args" \
      "$GATEWAY_MAIN" --spring.profiles.active=demo --kimppa.data-directory="$scratch" \
      >"$PROGRAMS/gateway-training.log" 2>&1 9>&- || say "It did not end well; see $PROGRAMS/gateway-training.log"
    while IFS= read -r pid_file; do
      stop_postgres "$pid_file"
    done < <(find "$scratch" -name postmaster.pid)
    rm -rf "$scratch"
    [ ! -e "$cache" ] || printf '%s\n' "$key" >"$cache.key"
  fi
  {
    cat "$PROGRAMS/gateway-training.args"
    [ ! -e "$cache" ] || quoted "-XX:AOTCache=$cache"
  } | becomes "$PROGRAMS/gateway.args"
}

# stop_postgres PID_FILE: asks for a fast shutdown and waits until the server has removed its pid file.
stop_postgres() {
  local pid tries=0
  pid=$(head -n 1 "$1")
  kill -INT "$pid" 2>/dev/null || return 0
  while [ -e "$1" ] && [ $((tries += 1)) -le 100 ]; do
    sleep 0.1
  done
}
