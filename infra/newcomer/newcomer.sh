#!/usr/bin/env bash
# Does what a newcomer does with the README in hand, on a computer that has nothing of the directory yet: clones what is committed into a
# new folder and, with empty caches of Go and npm, runs make run until the directory answers, then make test. Prints how long each took,
# and fails with the end of what was said when one does.
set -euo pipefail
repository=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
new=$(mktemp -d)
touch "$new/log"
running=
leave() {
	[ -z "$running" ] || kill -- "-$running" 2>>"$new/log" || true
	wait
	chmod -R u+w "$new"
	rm -rf "$new"
}
trap leave EXIT
# The caller's make and settings of it are not the newcomer's.
unset MAKEFLAGS MFLAGS MAKELEVEL GOFLAGS DATA SEED
export GOPATH=$new/go GOMODCACHE=$new/go/pkg/mod GOCACHE=$new/go-build npm_config_cache=$new/npm
# On any port, as the usual one may be in use.
export LISTEN=127.0.0.1:0

fail() {
	tail -n 60 "$new/log"
	echo "$1 after ${SECONDS}s" >&2
	exit 1
}

git clone --quiet "$repository" "$new/directory"
cd "$new/directory"

SECONDS=0
set -m # so that all that make starts can be ended together
make run >"$new/log" 2>&1 &
running=$!
set +m
until address=$(grep -o 'is ready at http://[^ ]*' "$new/log") && curl --silent --fail --output "$new/page" "${address##* }/"; do
	kill -0 "$running" 2>>"$new/log" || fail "make run ended"
	[ "$SECONDS" -lt 1200 ] || fail "make run did not answer"
	sleep 0.2
done
echo "make run: answers after ${SECONDS}s"
kill -- "-$running"
wait "$running" || true
running=

SECONDS=0
make test >"$new/log" 2>&1 || fail "make test failed"
echo "make test: passes after ${SECONDS}s"
