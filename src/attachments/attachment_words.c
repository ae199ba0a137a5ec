#include "attachments/attachment_words.h"

#include "attachments/media.h"
#include "sheets/document.h"

/* 10: beside a signal; 35: of an intervention's result. */
const struct db_stmt ATTACHMENT_QUEUE_ALL = {
	"attachment_index_queue_all", "",
	"INSERT INTO index_waiting (kind, object_id) SELECT 13, id FROM attachment"
	" WHERE owner_kind IN (10, 35) ON CONFLICT (kind, object_id) DO NOTHING"
};
/* Medium 1: PDF, the only one whose reader came later than the files. */
const struct db_stmt ATTACHMENT_QUEUE_AGAIN = {
	"attachment_index_queue_again", "",
	"INSERT INTO index_waiting (kind, object_id, again) SELECT 13, id, 1 FROM attachment"
	" WHERE media = 1 AND owner_kind IN (10, 35)"
	" ON CONFLICT (kind, object_id) DO UPDATE SET again = 1"
};
static const struct db_stmt QUEUE_OF = {
	"attachment_index_queue_of", "ii",
	"INSERT INTO index_waiting (kind, object_id) SELECT 13, id FROM attachment"
	" WHERE owner_kind = $1 AND owner_id = $2"
	" ON CONFLICT (kind, object_id) DO UPDATE SET due_at = 0"
};
const struct db_stmt *const attachment_words_statements[] = { &ATTACHMENT_QUEUE_ALL,
	                                                      &ATTACHMENT_QUEUE_AGAIN, &QUEUE_OF,
	                                                      NULL };

enum status attachments_changed(struct db_tx *tx, const struct attachment_owner *owner,
                                struct error *reterr)
{
	return db_exec(tx, &QUEUE_OF, DB_ARGS(DB_INT(owner->kind), DB_INT(owner->id)), NULL,
	               reterr);
}

int64_t attachment_words_known(void)
{
	enum { WITHOUT_PDF = 1, WITH_PDF = 2 };
	return document_reads_pdf() ? WITH_PDF : WITHOUT_PDF;
}

/* Of a text no more than is kept, and a letter on: so that it is known where it was cut. */
static enum status plain_words(const struct byte_source *from, struct arena *a, const char **ret,
                               struct error *reterr)
{
	enum { ENOUGH = DOCUMENT_WORDS_BYTES_MAX + 4 };
	const size_t len = from->len < ENOUGH ? from->len : ENOUGH;
	char *bytes = arena_alloc(a, len + 1);

	if (!source_read(from, 0, bytes, len))
		return FAIL_INTERNAL(reterr);
	*ret = document_plain(bytes, len, a);
	return OK;
}

struct readable {
	int media;
	enum document_kind kind;
};

static enum status words_in(int media, const struct byte_source *from, struct arena *a,
                            const char **ret, struct error *reterr)
{
	static const struct readable KINDS[] = {
		{ MEDIA_DOCX, DOCUMENT_DOCX }, { MEDIA_XLSX, DOCUMENT_XLSX },
		{ MEDIA_ODT, DOCUMENT_ODF },   { MEDIA_ODS, DOCUMENT_ODF },
		{ MEDIA_PDF, DOCUMENT_PDF },
	};

	*ret = "";
	if (media == MEDIA_TEXT || media == MEDIA_CSV)
		return plain_words(from, a, ret, reterr);
	for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++)
		if (media == KINDS[i].media) {
			if (KINDS[i].kind == DOCUMENT_PDF && !document_reads_pdf())
				return OK; /* found by its name alone */
			const enum status st = document_words(KINDS[i].kind, from, a, ret, reterr);
			return st == ERR_INVALID || st == ERR_LIMIT ? OK : st;
		}
	return OK;
}

enum status attachment_words(const struct attachment *what, struct sealed_reader *reader,
                             struct arena *a, const char **ret, struct error *reterr)
{
	const struct byte_source from = sealed_file_source(reader);
	const char *inside = "";

	const enum status st = words_in(what->media, &from, a, &inside, reterr);
	if (st == OK)
		*ret = arena_printf(a, "%s\n%s", what->name, inside);
	return st;
}
