# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Becomes java with the program in it. Read by bin/gossip of the tarball, and by ./gossip of a source tree.
#
#   JAVA_HOME   the java to use, otherwise the one on the PATH
#   JAVA_OPTS   options for the JVM, separated by blanks
#   GOSSIP_LOG  error, warn, info, debug or trace; also LOGGER=LEVEL, separated by commas

fail() {
    printf 'gossip: %s\n' "$1" >&2
    exit 1
}

# Where a standard stream is closed, the JVM would take the next file that it opens for it.
open_streams() {
    [[ -e /dev/fd/0 ]] || exec </dev/null
    [[ -e /dev/fd/1 ]] || exec >/dev/null
    [[ -e /dev/fd/2 ]] || exec 2>/dev/null
}

# Sets "java".
find_java() {
    java=java
    if [[ -n ${JAVA_HOME:-} ]]; then
        java=$JAVA_HOME/bin/java
    fi
    command -v -- "$java" >/dev/null || fail "no java to run: install Java 17 or later, or set JAVA_HOME"
}

launch() { # JAR ARCHIVE ARGUMENT...
    local jar=$1 archive=$2 jvm_options launcher=()
    shift 2

    read -r -a jvm_options <<<"${JAVA_OPTS:-}" || true
    case " ${JAVA_OPTS:-} " in
        *' -XX:+Use'*GC*) ;;
        # A member is small and mostly idle: the collector with the fewest threads and the smallest footprint will do.
        *) jvm_options=(-XX:+UseSerialGC ${jvm_options[@]+"${jvm_options[@]}"}) ;;
    esac

    # A large machine gives a JVM a large heap to begin with, and all of it is used before anything is collected, needed or
    # not. Beginning small costs a few collections more; -Xms and -Xmx say otherwise. In front, so that JAVA_OPTS counts.
    jvm_options=(-XX:InitialRAMPercentage=0.2 "${jvm_options[@]}")

    # The JVM itself refuses an archive of another JVM or of another jar, and need not say so.
    if [[ $archive -nt $jar && " ${JAVA_OPTS:-}" != *SharedArchiveFile* ]]; then
        jvm_options=("-XX:SharedArchiveFile=$archive" '-Xlog:cds*=off' "${jvm_options[@]}")
    fi

    # The JVM reads arguments and file names in the character set of the locale.
    if [[ $(locale charmap 2>/dev/null) != UTF-8 ]]; then
        export LC_ALL=C.UTF-8
    fi

    # A shell lets its background jobs ignore SIGINT, and the JVM would go on ignoring it.
    if env --default-signal=INT true 2>/dev/null; then
        launcher=(env --default-signal=INT)
    fi

    exec ${launcher[@]+"${launcher[@]}"} "$java" ${jvm_options[@]+"${jvm_options[@]}"} -jar "$jar" "$@"
}
