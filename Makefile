# A thin face on Meson and tools/. `make run` to see it, `make test` to trust it.
PORT ?= 8080
SECONDS ?= 60

.PHONY: run test build bench bench-matching asan tsan check fuzz clean help install-packages

help:
	@sed -n 's/^## //p' Makefile

install-packages:
	@tools/install-packages build

## make run             install what is missing, build, fill data/demo once, serve on 127.0.0.1 (PORT=8080)
run: build
	@PORT=$(PORT) tools/run

## make build           the program: build/plein
build: install-packages
	@tools/build build plein

## make test            every suite; the last line counts them
test:
	@tools/install-packages test
	@tools/build build all
	@tools/run-tests build

## make check           formatting, layers, sizes, texts, SQL, clang-tidy, cppcheck
check:
	@tools/install-packages check
	@tools/build build all
	@tools/check

## make asan            unit, store, corpora and (SQLite) http suites under clang with address and undefined-behaviour checks
asan:
	@tools/install-packages check
	@tools/build build-asan all
	@tools/run-tests build-asan unit store regress memory

## make tsan            jobs, sealer, server and live screens under clang with data-race checks
tsan:
	@tools/install-packages check
	@tools/build build-tsan threads
	@tools/run-tests build-tsan threads

## make bench           measurements as a table, ratios in the same run
bench:
	@tools/install-packages bench
	@tools/build build-bench all
	@tools/run-bench build-bench

## make bench-matching  duplicates and look-ups beside DuckDB SQL and PostgreSQL pg_trgm (RECORDS=1000000 SEED=1)
bench-matching:
	@tools/install-packages bench
	@tools/build build-bench all
	@bench/matching build-bench

## make fuzz            every fuzz target for SECONDS=60 each
fuzz:
	@tools/install-packages check
	@tools/build build-fuzz all
	@tools/run-fuzz build-fuzz $(SECONDS)

## make clean           remove what was built; data/ stays
clean:
	rm -rf build build-asan build-tsan build-bench build-fuzz
