# shellcheck shell=bash
# What the scripts need from the machine: packages of the distribution, JDK 25, a UTF-8 locale.
# Sourced. Says what it installs and asks nothing; needs root or sudo only when something is missing.

say() { printf '%s\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

may_be_root() { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; }

# A package renamed for 64-bit time (Debian 13, Ubuntu 24.04) counts under its old name too.
installed() {
  local name
  for name in "$1" "$1t64"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] && return
  done
  return 1
}

installable() { apt-get -qq -s install "$@" >/dev/null 2>&1; }

# install PACKAGE...: installs those that are missing; does nothing, and starts no apt, when all are there.
install() {
  local package missing=()
  command -v dpkg-query >/dev/null \
    || die "Only Debian and Ubuntu are known here; install the counterparts of these by hand: $*"
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "Installing: ${missing[*]}"
  may_be_root || die "That needs root and there is no sudo here; run as root: apt-get install ${missing[*]}"
  installable "${missing[@]}" || update_lists
  apt_install "${missing[@]}" || { update_lists && apt_install "${missing[@]}"; } \
    || die "The package manager could not install ${missing[*]}."
}

update_lists() { as_root apt-get -qq -o DPkg::Lock::Timeout=300 update; }

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install "$@" >/dev/null
}

is_jdk_25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null; }

# Sets JAVA_HOME to a JDK 25: the one it names already, one under /usr/lib/jvm, or the distribution's package.
find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      export JAVA_HOME="$home"
      return
    fi
  done
  if command -v apt-get >/dev/null; then
    installable openjdk-25-jdk-headless || ! may_be_root || update_lists
    if installable openjdk-25-jdk-headless; then
      install openjdk-25-jdk-headless
      for home in /usr/lib/jvm/*; do
        if is_jdk_25 "$home"; then
          export JAVA_HOME="$home"
          return
        fi
      done
    fi
  fi
  die "Kimppa needs JDK 25 and this system has no package of it: unpack one from https://adoptium.net into /usr/lib/jvm, or set JAVA_HOME to it, and start again."
}

# Any Maven will do, also one that did not come as a package.
need_maven() {
  command -v mvn >/dev/null || install maven
}

# Sets chromium to a browser that runs; the tests of the staff's pages drive it. The one that never had a window comes first: the same
# pages cost it less of the processors, since the others run all of a browser's own face as well.
find_browser() {
  local name
  for name in chromium-headless-shell chromium google-chrome chromium-browser /snap/bin/chromium; do
    # Ubuntu's package is a stub around a snap, which does not run everywhere.
    chromium=$(command -v "$name") && "$chromium" --version >/dev/null 2>&1 && return
  done
  return 1
}

need_browser() {
  find_browser || install chromium
  # Debian has it. Where it does not come, the tests only take longer.
  if ! command -v chromium-headless-shell >/dev/null && installable chromium-headless-shell; then
    (install chromium-headless-shell) || say "The tests go on with the whole browser."
  fi
  find_browser \
    || die "The browser tests need Chromium and the package here gives none that runs: install Chromium or Google Chrome and start again."
}

# JavaFX draws with these, off screen too. All of them are loaded at run time, so nothing else asks for them.
need_drawing() {
  install libgtk-3-0 libgl1 libxtst6 libxxf86vm1 fonts-dejavu-core
}

# The kiosk's voice is a program of its own.
need_voice() {
  install espeak-ng
}

# The card readers' service of the system, and a reader for it that does not exist.
need_card_service() {
  install pcscd vsmartcard-vpcd
}

# Stands for the service manager in the test of the watchdog: Java has no datagrams between processes.
need_python() {
  command -v python3 >/dev/null || install python3
}

# The package starts one of its own; only the program is needed.
need_balancer() {
  command -v haproxy >/dev/null || install haproxy
}

# Without one, Java reads and writes file names as ASCII.
need_utf8() {
  [ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
}

# maven ARGUMENT...: runs Maven on JDK 25, without the warnings that Maven's own libraries cause there. Its own work is too short to be
# worth optimising.
maven() {
  MAVEN_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
    mvn --batch-mode --no-transfer-progress -Dstyle.color=never --file "$KIMPPA_HOME/pom.xml" "$@"
}
