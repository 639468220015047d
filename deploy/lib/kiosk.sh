# shellcheck shell=bash
# How the Java of a real kiosk is started, and its ahead-of-time cache. Sourced after machine.sh and programs.sh.

# A kiosk needs 30 MB of heap; the serial collector starts fastest on two cores, and the compiler's memory goes back to the
# system. The quick compiler alone is enough for what a kiosk does, and starts in two thirds of the time. The processor draws:
# little moves on a kiosk's screen, and whoever draws by OpenGL holds a compiler for it (LLVM) in memory. What would put a patron's data on disk or show it to others is off: dumps of the heap, core dumps, other programs that
# attach. What a crash of Java itself writes goes into memory that is gone with the power.
REAL_KIOSK_OPTIONS=(
  -XX:+UseSerialGC -Xms32m -Xmx128m -XX:TrimNativeHeapInterval=30000 -XX:TieredStopAtLevel=1 -Dprism.order=sw
  -XX:+ExitOnOutOfMemoryError -XX:-HeapDumpOnOutOfMemoryError -XX:-CreateCoredumpOnCrash
  -XX:+DisableAttachMechanism "-XX:ErrorFile=/run/kimppa-kiosk/crash-%p.log"
)

# As in kimppa-kiosk.service: GTK does not look for OpenGL either, and threads share two pools of native memory.
REAL_KIOSK_ENVIRONMENT=(GDK_GL=disable MALLOC_ARENA_MAX=2)

# write_real_kiosk_arguments FILE JAR...: the java argument file; JavaFX as modules, the rest on the class path.
write_real_kiosk_arguments() {
  local file=$1 jar class_path=() module_path=()
  shift
  for jar in "$@"; do
    case "$jar" in
      */javafx-*-linux.jar | */javafx-*-linux-aarch64.jar) module_path+=("$jar") ;;
      # The others are empty shells.
      */javafx-*.jar) ;;
      *) class_path+=("$jar") ;;
    esac
  done
  {
    printf '%s\n' "${REAL_KIOSK_OPTIONS[@]}" --enable-native-access=javafx.graphics,ALL-UNNAMED \
      --add-modules javafx.controls,javafx.swing --module-path
    quoted "$(IFS=: && printf '%s' "${module_path[*]}")"
    printf '%s\n' -cp
    quoted "$(IFS=: && printf '%s' "${class_path[*]}")"
  } >"$file"
}

# real_kiosk_jars: those of the last build, one a line.
real_kiosk_jars() {
  class_path kiosk-app | tr ':' '\n'
}

# rehearse_kiosk JAVA ARGUMENT_FILE CACHE LOG: the cache from a run without a display. It holds for these jars, at these paths; Java
# goes on without it when one differs. Without a cache the kiosk starts all the same, only later.
rehearse_kiosk() {
  local java=$1 arguments=$2 cache=$3 log=$4 scratch
  scratch=$(mktemp -d)
  "$java" -XX:AOTCacheOutput="$cache" -Dglass.platform=Headless "@$arguments" \
    fi.kimppa.kiosk.Rehearsal "$scratch" >"$log" 2>&1 || say "The rehearsal did not end well; see $log"
  rm -rf "$scratch"
}
