#!/bin/sh
# Starts the kernel, from its start-up snapshot where there is one that fits, otherwise without.
#
#   start.sh NODE CONNECTION_FILE
#   start.sh --fits NODE            exits with 0 when there is a snapshot that fits
#   start.sh --conditions NODE      prints what a snapshot depends on
#   start.sh --make NODE FILE PARTS makes a snapshot, for a JavaScript whose library has those parts
#   start.sh --try NODE FILE        exits with 0 when a process starts from the snapshot
#
# Node refuses a snapshot that does not fit only when it is too late to start without it, hence the questions here:
# it fits one build of Node, the abilities of one processor, the pack in this folder, and must be newer than the
# kernel and the packages in it.
pack=$(CDPATH='' cd -- "${0%/*}/../../.." && pwd)
kernel=$pack/dist/src/kernel
snapshot=$pack/node_modules/.cache/unrolled/kernel.snapshot
# Drawing new hash seeds for a heap of this size would take 30 ms, and V8, which expects a heap to start small, would
# go through all of it twice during the first cells, 50 ms each. Must be the same when it is made and used.
flags='--no-rehash-snapshot --initial-old-space-size=256'

# Of the file only what it is: how many links it has changes when another program makes one.
conditions() {
  set -- $(ls -lnL "$1")
  shift 2
  echo "$pack $flags"
  echo "$*"
  grep -m1 -E '^(flags|Features)' /proc/cpuinfo 2>/dev/null
  return 0
}

newer_than() {
  [ ! -e "$1" ] || [ "$snapshot" -nt "$1" ]
}

# The packages lie in the pack, or, where the pack is a package itself, beside it.
fits() {
  [ -e "$snapshot" ] &&
    newer_than "$pack/dist/kernel.tsbuildinfo" &&
    newer_than "$pack/node_modules/.package-lock.json" &&
    newer_than "$pack/../.package-lock.json" &&
    [ "$(conditions "$1")" = "$(cat "$snapshot.conditions" 2>/dev/null)" ]
}

case $1 in
--conditions) conditions "$2" ;;
--fits) fits "$2" ;;
--make) exec "$2" $flags --snapshot-blob "$3" --build-snapshot "$kernel/start/snapshot.cjs" "$4" ;;
--try) exec "$2" $flags --snapshot-blob "$3" "$kernel/start/snapshotTrial.js" ;;
*)
  node=$1
  # Kernel and library come in few files (bin/setup/notebook-files.mjs); a loop in a timer can be interrupted; `require` of an
  # ES module is no news.
  set -- --conditions=notebook --no-force-async-hooks-checks --experimental-import-meta-resolve --disable-warning=ExperimentalWarning "$pack/dist/notebook/src/kernel/start/main.js" "$2"
  # Flags of V8 that come with NODE_OPTIONS can make a snapshot unusable.
  if [ -z "$NODE_OPTIONS" ] && fits "$node"; then
    set -- $flags --snapshot-blob "$snapshot" "$@"
  fi
  # Else each of Node's threads would hold back memory for itself; main.ts takes it out of what cells' programs inherit.
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
  # What waits for the kernel's own input, such as a program that inherits it, would wait forever.
  exec "$node" "$@" </dev/null
  ;;
esac
