#include "attachments/sealed_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/core/memory.h"
#include "platform/core/out.h"
#include "platform/crypto/crypto.h"

enum {
	PIECE_BYTES = 65536,
	SEALED_PIECE_BYTES = PIECE_BYTES + SEAL_OVERHEAD_BYTES,
	PATH_BYTES = 512
};

/* ---- where ----------------------------------------------------------------------------------- */

struct path {
	char text[PATH_BYTES];
};

/* Two hexadecimal digits spread the files over 256 folders; the end of a uuid is random. */
static struct path folder_of(const struct sealed_name *name)
{
	struct path p;

	(void)snprintf(p.text, sizeof p.text, "%s/%02x", name->folder,
	               name->uuid.bytes[UUID_BYTES - 1]);
	return p;
}

static struct path path_of(const struct sealed_name *name, const char *end)
{
	char text[UUID_TEXT_BYTES];
	const struct path folder = folder_of(name);
	struct path p;

	uuid_text(&name->uuid, text);
	if (snprintf(p.text, sizeof p.text, "%s/%s%s", folder.text, text, end) >= PATH_BYTES)
		p.text[0] = '\0'; /* a path that opens nothing */
	return p;
}

static struct seal_place place_of(const struct uuid *uuid, int64_t piece, bool last)
{
	return (struct seal_place){ .table = "attachment",
		                    .column = "bytes",
		                    .id = uuid_number(uuid),
		                    .phase = last,
		                    .version = piece };
}

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

/* ---- writing ----------------------------------------------------------------------------------- */

static enum status fail_disk(struct error *reterr, const char *what)
{
	const int why = errno;
	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "Het bestand kan nu niet worden bewaard. Probeer het straks opnieuw.");
	return error_cause(reterr, "files: %s: %s", what, strerror(why));
}

static enum status write_pieces(int fd, const struct sealed_name *name, const struct seal_key *key,
                                const struct byte_source *from, struct error *reterr)
{
	LEFT_ALONE uint8_t plain[PIECE_BYTES], sealed[SEALED_PIECE_BYTES];
	enum status st = OK;

	for (size_t at = 0, piece = 0; st == OK && at < from->len; at += PIECE_BYTES, piece++) {
		const size_t left = from->len - at;
		const size_t part = left < PIECE_BYTES ? left : PIECE_BYTES;
		const struct seal_place place = place_of(&name->uuid, (int64_t)piece, part == left);
		if (!source_read(from, at, plain, part)) {
			st = FAIL_INTERNAL(reterr);
			break;
		}
		seal(key, &place, plain, part, sealed);
		if (!out_whole(fd, sealed, part + SEAL_OVERHEAD_BYTES))
			st = fail_disk(reterr, "write");
	}
	explicit_bzero(plain, sizeof plain);
	return st;
}

static bool flush_folder(const char *folder)
{
	AUTO(close_fd) const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd >= 0 && fsync(fd) == 0;
}

static bool make_folder(const char *folder)
{
	return mkdir(folder, 0700) == 0 || errno == EEXIST;
}

static enum status write_beside(const char *path, const struct sealed_name *name,
                                const struct seal_key *key, const struct byte_source *from,
                                struct error *reterr)
{
	AUTO(close_fd)
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return fail_disk(reterr, "open");
	const enum status st = write_pieces(fd, name, key, from, reterr);
	return st == OK && fsync(fd) != 0 ? fail_disk(reterr, "flush of the bytes") : st;
}

enum status sealed_file_write(const struct sealed_name *name, const struct seal_key *key,
                              const struct byte_source *from, struct error *reterr)
{
	const struct path folder = folder_of(name), path = path_of(name, ""),
			  beside = path_of(name, ".part");

	if (!make_folder(name->folder) || !make_folder(folder.text))
		return fail_disk(reterr, "folder");
	enum status st = write_beside(beside.text, name, key, from, reterr);
	if (st == OK && rename(beside.text, path.text) != 0)
		st = fail_disk(reterr, "rename");
	if (st == OK && (!flush_folder(folder.text) || !flush_folder(name->folder)))
		st = fail_disk(reterr, "flush");
	if (st != OK)
		(void)unlink(beside.text);
	return st;
}

void sealed_file_remove(const struct sealed_name *name)
{
	const struct path path = path_of(name, "");
	(void)unlink(path.text);
}

/* ---- reading ------------------------------------------------------------------------------------ */

struct sealed_reader {
	int fd;
	struct uuid uuid;
	struct seal_key key;
	int64_t len, piece; /* piece: the one that is open, -1: none */
	const char *plain;
	size_t plain_len;
	struct arena arena; /* of one piece */
};

static void reader_end(void *arg)
{
	struct sealed_reader *r = arg;

	(void)close(r->fd);
	seal_key_wipe(&r->key);
	arena_reset(&r->arena);
}

static size_t read_at(int fd, int64_t at, uint8_t *to, size_t len)
{
	size_t got = 0;

	while (got < len) {
		const ssize_t n = pread(fd, to + got, len - got, at + (off_t)got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	return got;
}

static enum status open_piece(struct sealed_reader *r, int64_t piece, struct error *reterr)
{
	const int64_t last = (r->len - 1) / PIECE_BYTES;
	const size_t plain =
	    (size_t)(piece < last ? PIECE_BYTES : r->len - last * (int64_t)PIECE_BYTES);
	const struct seal_place place = place_of(&r->uuid, piece, piece == last);

	arena_reset(&r->arena);
	r->piece = -1;
	uint8_t *sealed = arena_alloc(&r->arena, SEALED_PIECE_BYTES);
	const size_t got = read_at(r->fd, piece * SEALED_PIECE_BYTES, sealed, SEALED_PIECE_BYTES);
	if (got != plain + SEAL_OVERHEAD_BYTES) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "files: piece %lld has another length",
		                   (long long)piece);
	}
	enum status st =
	    seal_open(&r->key, &place, sealed, got, &r->arena, &r->plain, &r->plain_len, reterr);
	if (st == OK)
		r->piece = piece;
	return st;
}

enum status sealed_file_open(const struct sealed_name *name, const struct seal_key *key,
                             int64_t len, struct arena *a, struct sealed_reader **ret,
                             struct error *reterr)
{
	const struct path path = path_of(name, "");
	const int fd = open(path.text, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		(void)FAIL(reterr, ERR_NOT_FOUND,
		           "Dit bestand is er niet meer. Vraag de beheerder het terug te zetten.");
		return error_cause(reterr, "files: %s", strerror(errno));
	}
	struct sealed_reader *r = ARENA_NEW(a, struct sealed_reader);
	*r = (struct sealed_reader){
		.fd = fd, .uuid = name->uuid, .key = *key, .len = len, .piece = -1
	};
	arena_init(&r->arena, (size_t)4 * SEALED_PIECE_BYTES);
	arena_defer(a, reader_end, r);
	*ret = r;
	return len > 0 ? open_piece(r, 0, reterr) : FAIL_INTERNAL(reterr);
}

int64_t sealed_file_read(void *reader, int64_t at, void *to, size_t max)
{
	struct sealed_reader *r = reader;
	struct error ignored = { 0 };

	if (at >= r->len)
		return 0;
	if (at / PIECE_BYTES != r->piece && open_piece(r, at / PIECE_BYTES, &ignored) != OK)
		return -1;
	const size_t from = (size_t)(at % PIECE_BYTES);
	const size_t part = r->plain_len - from < max ? r->plain_len - from : max;
	memcpy(to, r->plain + from, part);
	return (int64_t)part;
}

static bool read_exactly(void *reader, size_t at, void *to, size_t len)
{
	char *into = to;

	for (size_t got = 0; got < len;) {
		const int64_t n =
		    sealed_file_read(reader, (int64_t)(at + got), into + got, len - got);
		if (n <= 0)
			return false;
		got += (size_t)n;
	}
	return true;
}

struct byte_source sealed_file_source(struct sealed_reader *reader)
{
	return (struct byte_source){ .len = (size_t)reader->len,
		                     .read = read_exactly,
		                     .context = reader };
}

/* ---- all of them ---------------------------------------------------------------------------------- */

static void close_dir(DIR **d)
{
	if (*d != NULL)
		(void)closedir(*d);
}

static bool is_older(const char *path, int64_t before_ms)
{
	struct stat s;
	return stat(path, &s) == 0 && (int64_t)s.st_mtim.tv_sec * 1000 < before_ms;
}

static enum status each_in(const char *folder, const char *inner, int64_t before_ms,
                           sealed_file_found *found, void *context, struct error *reterr)
{
	AUTO(close_dir) DIR *d = opendir(inner);
	enum status st = OK;

	for (struct dirent *e; st == OK && d != NULL && (e = readdir(d)) != NULL;) {
		struct sealed_name name = { .folder = folder };
		struct path path;
		const int len = snprintf(path.text, sizeof path.text, "%s/%s", inner, e->d_name);
		if (e->d_name[0] == '.' || len >= PATH_BYTES || !is_older(path.text, before_ms))
			continue;
		if (uuid_parse(e->d_name, &name.uuid))
			st = found(context, &name, reterr);
		else if (strstr(e->d_name, ".part") != NULL)
			(void)unlink(path.text); /* a write that a crash cut off */
	}
	return st;
}

enum status sealed_files_each(const char *folder, int64_t before_ms, sealed_file_found *found,
                              void *context, struct error *reterr)
{
	enum status st = OK;

	for (unsigned i = 0; st == OK && i < 256; i++) {
		struct path inner;
		(void)snprintf(inner.text, sizeof inner.text, "%s/%02x", folder, i);
		st = each_in(folder, inner.text, before_ms, found, context, reterr);
	}
	return st;
}
