# shellcheck shell=bash
# A virtual screen for machines without one. Sourced after machine.sh.

# Starts Xvfb on a display number that is free, and sets DISPLAY. It lives in a session of its own, so that Ctrl-C
# reaches the programs first, and ends when this process (or what it becomes by exec) has ended, however that happens.
start_virtual_display() {
  local number scratch
  install xvfb
  scratch=$(mktemp -d)
  mkfifo "$scratch/number"
  # shellcheck disable=SC2016  # the inner shell expands these
  setsid bash -c '
    Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp 3>"$1" &
    tail --pid="$2" -f /dev/null
    kill $!
  ' xvfb-keeper "$scratch/number" "$$" >/dev/null 2>&1 </dev/null &
  read -r -t 20 number <"$scratch/number" || die "The virtual display (Xvfb) did not start."
  rm -rf "$scratch"
  export DISPLAY=":$number"
  say "There is no display here (DISPLAY is not set): the windows open on a virtual one, $DISPLAY."
}
