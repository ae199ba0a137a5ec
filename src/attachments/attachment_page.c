#include "attachments/attachment_page.h"

#include "law/law.h"

struct attachment_line attachment_line(struct arena *a, const struct attachment *what,
                                       const char *href)
{
	const struct law_kind *kind = law_kind((uint16_t)what->kind);
	const struct law_category_row *category = law_category((enum law_category)what->category);

	return (struct attachment_line){
		.number = what->number,
		.added_at = what->added_at,
		.kind = kind != NULL ? kind->label : "",
		.category = category != NULL ? category->label : "",
		.size = attachment_size(a, what->bytes),
		.name = what->name,
		.sha256 = what->sha256,
		.source = what->source,
		.href = href,
		.media = what->media,
	};
}

enum status attachment_send(struct request *rq, struct response *rs, struct keyring *k,
                            const char *folder, const struct attachment *what, const char *name,
                            struct error *reterr)
{
	const struct media_row *media = media_row(what->media);
	struct sealed_reader *reader = NULL;

	const enum status st = attachment_open(rq->db, k, folder, what, rq->arena, &reader, reterr);
	if (st != OK || media == NULL)
		return st != OK ? st : FAIL_INTERNAL(reterr);
	rs->content_type = media->type;
	rs->file_name = arena_printf(rq->arena, "%s.%s", name, media->extension);
	rs->read = sealed_file_read;
	rs->read_context = reader;
	rs->read_bytes = what->bytes;
	return OK;
}
