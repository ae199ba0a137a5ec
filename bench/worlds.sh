# shellcheck shell=bash
# worlds.sh - sourced by the measurements of pages: a filled installation that is kept, its server, its rows
#
# world_open NAME ENGINE BUILD FILL... makes the world that `fill` describes, once, under
# $PLEIN_BENCH_WORLDS (build folder/worlds); on PostgreSQL it is the same world, copied row by row.
# The clock of everything runs $WORLD_DAYS days ahead, so that ten years lie behind the act.

WORLD_DAYS=${WORLD_DAYS:-3300}
WORLD_STORY=3 # raise it when bench/fill.c tells another story: then no older world is used again
world_library=$(find /usr/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1)

# Runs a command on the clock of the world.
world_clock() {
	(
		export LD_PRELOAD=$world_library FAKETIME=+${WORLD_DAYS}d
		exec "$@"
	)
}

# A statement on the world's database; columns with tabs between.
world_sql() {
	if [ "$world_engine" = sqlite ]; then
		sqlite3 -readonly -separator $'\t' "$world/data/plein.db" "$1"
	else
		psql "$PLEIN_TEST_PG" -XAtq -F $'\t' -c "$1"
	fi
}

world_folder() { # NAME BUILD FILL...
	local name=$1 build=$2 hash
	shift 2
	hash=$(printf '%s ' "$WORLD_STORY" "$WORLD_DAYS" "$@" | sha256sum | cut -c1-10)
	realpath -m "${PLEIN_BENCH_WORLDS:-$build/worlds}/$name-$hash"
}

# Where a world is filled: in memory, where nothing waits for a disk, if twice its size fits there.
world_fill_in() { # FOLDER FILL...
	local kib free
	kib=$(printf '%s\n' "${@:2}" | awk -F= '$1 == "signals" { n += 20 * $2 } $1 == "casefiles" { n += 100 * $2 } END { print n }')
	free=$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)
	[ $((2 * kib)) -lt "${free:-0}" ] && echo /dev/shm || echo "$1"
}

# The SQLite world; filled when it isn't there, or was broken off, and then put in its place.
world_make() { # FOLDER BUILD FILL...
	local to=$1 build=$2 in
	shift 2
	[ -f "$to/whole" ] && return
	rm -rf "$to/data"
	mkdir -p "$to"
	in=$(mktemp -d "${WORLD_FILL_IN:-$(world_fill_in "$to" "$@")}/plein-fill.XXXXXX")
	echo "filling $to: $*" >&2
	world_clock "$build/bench/fill" "$@" --data "$in/data" || { rm -rf "$in"; return 1; }
	mv "$in/data" "$to/data"
	rm -rf "$in"
	printf '%s\n' "$@" >"$to/whole"
}

# Every row of it, in the cluster that PLEIN_TEST_PG names.
world_copy() { # FOLDER BUILD
	local from=$1/data to=$1/data-postgres build=$2 table columns
	[ -f "$1/copied" ] && return
	echo "copying $1 to PostgreSQL" >&2
	rm -rf "$to"
	mkdir -p "$to"
	psql "$PLEIN_TEST_PG" -Xqc 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' 2>/dev/null
	cp -a "$from/keys" "$to/keys"
	world_clock "$build/bench/visitors" --data "$to" --database "$PLEIN_TEST_PG"
	{
		echo 'SET session_replication_role = replica;'
		psql "$PLEIN_TEST_PG" -XAtqc "SELECT 'TRUNCATE \"' || string_agg(tablename, '\", \"') || '\";' FROM pg_tables
			WHERE schemaname = 'public' AND tablename NOT LIKE 'audit_%' AND tablename NOT LIKE '%schema_version'"
		psql "$PLEIN_TEST_PG" -XAtq -F '|' -c "SELECT table_name, string_agg('\"' || column_name || '\"', ', ' ORDER BY
			ordinal_position), string_agg(CASE data_type WHEN 'bytea' THEN 'CASE WHEN \"' || column_name ||
			'\" IS NULL THEN NULL ELSE ''\\x'' || hex(\"' || column_name || '\") END' ELSE '\"' || column_name || '\"'
			END, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = 'public'
			AND table_name NOT LIKE 'audit_%' AND table_name NOT LIKE '%schema_version'
			AND NOT (table_name = 'change' AND column_name = 'turn') -- PostgreSQL's own
			AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')
			GROUP BY table_name" |
			while IFS='|' read -r table columns values; do
				[ "$table" = schedule ] && continue
				world_table "$from" "$table" "$columns" "${values//\'\\x\'/\'\\x\'}"
			done
	} | psql "$PLEIN_TEST_PG" -Xq -v ON_ERROR_STOP=1 >/dev/null
	psql "$PLEIN_TEST_PG" -XAtqc "SELECT format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT max(%I) FROM %I)::bigint);',
		table_name, column_name, column_name, table_name) FROM information_schema.columns
		WHERE table_schema = 'public' AND is_identity = 'YES'" | psql "$PLEIN_TEST_PG" -Xq -v ON_ERROR_STOP=1 >/dev/null
	psql "$PLEIN_TEST_PG" -Xqc 'VACUUM ANALYZE' -c CHECKPOINT
	touch "$1/copied"
}

# One table as a COPY with its rows.
world_table() { # DATA TABLE COLUMNS VALUES
	local db=$1/plein.db
	case $2 in search_*) db=$1/search.db ;; esac
	printf 'COPY "%s" (%s) FROM STDIN (FORMAT csv);\n' "$2" "$3"
	sqlite3 -readonly -csv "$db" "SELECT $4 FROM \"$2\""
	printf '\\.\n'
}

world_open() { # NAME ENGINE BUILD FILL...
	world_engine=$2 world_build=$3
	world=$(world_folder "$1" "$3" "${@:4}")
	world_make "$world" "$3" "${@:4}"
	world_where=(--data "$world/data")
	if [ "$2" = postgres ]; then
		world_copy "$world" "$3"
		world_where=(--data "$world/data-postgres" --database "$PLEIN_TEST_PG")
	fi
	world_work=$(mktemp -d)
}

# Headers of sessions into FILE.cookies and FILE.tokens.
world_visitors() { # FILE APPOINTMENT...
	local file=$world_work/$1
	shift
	world_clock "$world_build/bench/visitors" "$@" "${world_where[@]}" >"$file"
	grep Cookie "$file" >"$file.cookies"
	grep Authorization "$file" >"$file.tokens"
}

# The program on it, once it has done what it does by itself each day.
world_serve() {
	( # its own process, so that its pid is the program's
		export LD_PRELOAD=$world_library FAKETIME=+${WORLD_DAYS}d
		exec "$world_build/plein" serve "${world_where[@]}" --budget-read-stop 0 --budget-search-stop 0 --port 0 >"$world_work/serve.log" 2>&1
	) &
	world_pid=$!
	for _ in $(seq 600); do
		world_port=$(sed -n 's/.*poort \([0-9]*\).*/\1/p' "$world_work/serve.log" 2>/dev/null || true) # it may not be there yet
		[ -n "$world_port" ] && break
		kill -0 "$world_pid"
		sleep 0.1
	done
	world_rest
}

world_used() { # ticks of the server's processes
	local pids=$world_pid head
	if [ "$world_engine" = postgres ]; then
		head=$(head -1 "$PLEIN_TEST_PG_DATA/postmaster.pid")
		pids="$pids $head $(pgrep -P "$head")"
	fi
	for pid in $pids; do
		cat "/proc/$pid/stat" 2>/dev/null || true
	done | awk '{ sub(/.*\) /, ""); t += $12 + $13 } END { print t + 0 }'
}

# One answer, as who has these headers.
world_page() { # HEADERS PATH
	curl -fs -H "$(head -1 "$world_work/$1")" "http://127.0.0.1:$world_port$2"
}

# The dearest of some readers by the cheapest, in microseconds of processor time.
world_ratio() { # WHAT MICROSECONDS...
	printf '%s\t%s: dearest reader by the cheapest, processor time\t%s us\t%s\n' "$world_engine" "$1" "${*:2}" \
		"$(printf '%s\n' "${@:2}" | sort -n | awk 'NR == 1 { low = $1 } { high = $1 } END { r = high / low
			printf "%.2f\t<= 1.5\t%s", r, r <= 1.5 ? "met" : "missed" }')" >>"${PLEIN_BENCH_TABLE:-/dev/stdout}"
}

# Waits until it uses less than a twentieth of a processor for two seconds.
world_rest() {
	local before after
	for _ in $(seq 1800); do
		before=$(world_used)
		sleep 2
		after=$(world_used)
		[ $((after - before)) -lt 10 ] && return
	done
}

world_close() {
	if [ -n "${world_pid:-}" ]; then
		kill "$world_pid" 2>/dev/null || true
		wait "$world_pid" || true
	fi
	[ -z "${world_work:-}" ] || rm -rf "$world_work"
}

# A row of the table: at a steady pace, with the processor time of an answer beside it.
# Leaves figures in $world_p50 and $world_us.
# The first two seconds don't count: each connection plans each statement once, when it first meets it.
world_measure() { # WHAT HEADERS PATHS GOAL_MS [BODY]
	local rate p99 max bytes failed before after method=GET at
	[ $# -lt 5 ] || method=POST
	"$world_build/bench/load" "$world_port" "${CLIENTS:-2}" "${RATE:-50}" 2 "$method" "@$world_work/$3" \
		"$world_work/$2" "${@:5}" >/dev/null
	before=$(world_used)
	read -r rate world_p50 p99 max bytes failed < <("$world_build/bench/load" "$world_port" "${CLIENTS:-2}" "${RATE:-50}" \
		"${SECONDS_EACH:-10}" "$method" "@$world_work/$3" "$world_work/$2" "${@:5}")
	after=$(world_used)
	if [ "$failed" != 0 ]; then
		at=$(head -1 "$world_work/$3")
		echo "$1: $failed answers to $at were refused" >&2
		curl -s -X "$method" -H "$(head -1 "$world_work/$2")" -H 'Content-Type: application/json' ${5:+-d "$5"} \
			-w '%{http_code}\n' "http://127.0.0.1:$world_port$at" | tail -c 600 >&2
		return 1
	fi
	world_us=$(awk "BEGIN { printf \"%.0f\", ($after - $before) / $(getconf CLK_TCK) * 1e6 / ($rate * ${SECONDS_EACH:-10}) }")
	printf '%s\t%s\t%s/s, p50 %s ms, %s us, %s bytes\tp99 %s ms, slowest %s\t< %s ms\t%s\n' "$world_engine" "$1" "$rate" \
		"$world_p50" "$world_us" "$bytes" "$p99" "$max" "$4" "$(awk "BEGIN { print ($p99 < $4) ? \"met\" : \"missed\" }")" \
		>>"${PLEIN_BENCH_TABLE:-/dev/stdout}"
}
